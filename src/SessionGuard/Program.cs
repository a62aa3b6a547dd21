using SessionGuard;
using SessionGuard.Api;
using SessionGuard.Commands;
using SessionGuard.Mail;
using SessionGuard.Organisations;
using SessionGuard.Presence;
using SessionGuard.Security;
using SessionGuard.Sessions;
using SessionGuard.Setup;
using SessionGuard.Storage;
using SessionGuard.Web;
using SessionGuard.Zoom;

return await CommandLine.RunAsync(args, Build);

static WebApplication Build(WebApplicationBuilder builder)
{
    builder.AddService();        // what the whole service needs: options, clock
    builder.AddStorage();        // SQLite or PostgreSQL, by Storage:Engine
    builder.AddSecurity();       // the master key and what it protects
    builder.AddOrganisations();  // schools and their Zoom credentials
    builder.AddPresence();       // who was in the meeting when
    builder.AddSessions();       // classes and their Zoom meetings
    builder.AddZoom();           // typed API client and its resilience
    builder.AddMail();           // what to tell people, and how it leaves the house
    builder.AddSetup();          // what each start does first
    builder.AddWeb();            // pages, error answers, health, metrics, who may call what
    builder.AddApi();            // JSON for machines, bearer tokens

    var app = builder.Build();
    app.UseWeb();
    app.MapApi();
    return app;
}
