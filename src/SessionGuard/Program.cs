using SessionGuard;
using SessionGuard.Api;
using SessionGuard.Commands;
using SessionGuard.Organisations;
using SessionGuard.Security;
using SessionGuard.Setup;
using SessionGuard.Storage;
using SessionGuard.Web;

return await CommandLine.RunAsync(args, Build);

static WebApplication Build(WebApplicationBuilder builder)
{
    builder.AddService();        // what the whole service needs: options, clock
    builder.AddStorage();        // SQLite or PostgreSQL, by Storage:Engine
    builder.AddSecurity();       // the master key and what it protects
    builder.AddOrganisations();  // schools and their Zoom credentials
    builder.AddSetup();          // what each start does first
    builder.AddWeb();            // pages, error answers, health, metrics, who may call what
    builder.AddApi();            // JSON for machines, bearer tokens

    var app = builder.Build();
    app.UseWeb();
    app.MapApi();
    return app;
}
