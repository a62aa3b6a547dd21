using SessionGuard;
using SessionGuard.Commands;
using SessionGuard.Organisations;
using SessionGuard.Security;
using SessionGuard.Setup;
using SessionGuard.Storage;
using SessionGuard.Web;
using SessionGuard.Webhooks;

return await CommandLine.RunAsync(args, Build);

static WebApplication Build(WebApplicationBuilder builder)
{
    builder.AddKestrelLimits();  // how slow a connection may be
    builder.AddService();        // what the whole service needs: options, clock
    builder.AddStorage();        // SQLite or PostgreSQL, by Storage:Engine
    builder.AddSecurity();       // the master key and what it protects
    builder.AddOrganisations();  // schools and their Zoom credentials
    builder.AddWebhooks();       // the signed door and the durable inbox behind it
    builder.AddSetup();          // what each start does first

    var app = builder.Build();
    app.MapWebhooks();
    return app;
}
