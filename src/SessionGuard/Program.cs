static WebApplication Build(WebApplicationBuilder builder)
{
    builder.AddKestrelLimits();  // how slow a connection may be
    builder.AddService();        // what the whole service needs: options, clock
    builder.AddStorage();        // SQLite or PostgreSQL, by Storage:Engine
    builder.AddSecurity();       // the master key and what it protects
    builder.AddLedger();         // the chain of facts and its check
    builder.AddOrganisations();  // schools and their Zoom credentials
    builder.AddWebhooks();       // the signed door and the durable inbox behind it
    builder.AddPresence();       // who was in the meeting when
    builder.AddSessions();       // classes and their Zoom meetings
    builder.AddZoom();           // typed API client and its resilience
    builder.AddMail();           // what to tell people, and how it leaves the house
    builder.AddAccounts();       // who may sign in, by mailed links
    builder.AddSetup();          // what each start does first
    builder.AddJobs(Schedule.All);  // the passes that drive it all, and what says when

    var app = builder.Build();
    app.UseAccounts();
    app.MapWebhooks();
    return app;
}
