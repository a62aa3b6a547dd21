using SessionGuard;
using SessionGuard.Commands;
using SessionGuard.Jobs;
using SessionGuard.Ledger;
using SessionGuard.Organisations;
using SessionGuard.Security;
using SessionGuard.Setup;
using SessionGuard.Storage;

return await CommandLine.RunAsync(args, Build);

static WebApplication Build(WebApplicationBuilder builder)
{
    builder.AddService();        // what the whole service needs: options, clock
    builder.AddStorage();        // SQLite or PostgreSQL, by Storage:Engine
    builder.AddSecurity();       // the master key and what it protects
    builder.AddLedger();         // the chain of facts and its check
    builder.AddOrganisations();  // schools and their Zoom credentials
    builder.AddSetup();          // what each start does first
    builder.AddJobs(Schedule.All);  // the passes that drive it all, and what says when

    var app = builder.Build();
    return app;
}
