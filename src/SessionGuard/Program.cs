using SessionGuard;
using SessionGuard.Accounts;
using SessionGuard.Commands;
using SessionGuard.Jobs;
using SessionGuard.Ledger;
using SessionGuard.Mail;
using SessionGuard.Organisations;
using SessionGuard.Presence;
using SessionGuard.Security;
using SessionGuard.Sessions;
using SessionGuard.Setup;
using SessionGuard.Storage;
using SessionGuard.Zoom;

return await CommandLine.RunAsync(args, Build);

static WebApplication Build(WebApplicationBuilder builder)
{
    builder.AddService();        // what the whole service needs: options, clock
    builder.AddStorage();        // SQLite or PostgreSQL, by Storage:Engine
    builder.AddSecurity();       // the master key and what it protects
    builder.AddLedger();         // the chain of facts and its check
    builder.AddOrganisations();  // schools and their Zoom credentials
    builder.AddPresence();       // who was in the meeting when
    builder.AddSessions();       // classes and their Zoom meetings
    builder.AddZoom();           // typed API client and its resilience
    builder.AddMail();           // what to tell people, and how it leaves the house
    builder.AddAccounts();       // who may sign in, by mailed links
    builder.AddSetup();          // what each start does first
    builder.AddJobs(Schedule.All);  // the passes that drive it all, and what says when

    var app = builder.Build();
    app.UseAccounts();
    return app;
}
