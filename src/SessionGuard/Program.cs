using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Composition;
using SessionGuard.Platform.Backups;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Ledger;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.RestoreHold;
using SessionGuard.Platform.Retention;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Telemetry;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Safeguarding.Families;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Safeguarding.Reminders;
using SessionGuard.School.Organisations;
using SessionGuard.School.People;
using SessionGuard.School.Staff;
using SessionGuard.Surfaces.Api;
using SessionGuard.Surfaces.Class;
using SessionGuard.Surfaces.Commands;
using SessionGuard.Surfaces.Seeding;
using SessionGuard.Surfaces.Shell;
using SessionGuard.Zoom.Client;
using SessionGuard.Zoom.Webhooks;

return await CommandLine.RunAsync(args, builder =>
{
    builder.AddService();        // what the whole service needs: options, clock
    builder.AddStorage();        // SQLite or PostgreSQL, by Storage:Engine
    builder.AddSecurity();       // the master key and what it protects
    builder.AddLedger();         // the chain of facts and its check
    builder.AddRestoreHold();       // whether anything may leave the house
    builder.AddOrganisations();  // schools and their Zoom credentials
    builder.AddWebhooks();       // the signed door and the durable inbox behind it
    builder.AddPresence();       // who was in the meeting when
    builder.AddSessions();       // classes and their Zoom meetings
    builder.AddPeople();         // children, and the adults who answer for them
    builder.AddSeats();          // everybody's own place in a class, and its link in Zoom
    builder.AddFamilies();       // what families open: confirming and joining
    builder.AddReminders();      // what to ask whom, and when
    builder.AddFlags();          // running the rules, and what they missed
    builder.AddTeaching();       // what staff see of their classes
    builder.AddZoom();           // typed API client and its resilience
    builder.AddMail();           // what to tell people, and how it leaves the house
    builder.AddAccounts();       // who may sign in, by mailed links
    builder.AddTelemetry();      // how things stand, for those who look after it
    builder.AddWeb();            // pages, error answers, health, metrics, who may call what
    builder.AddApi();            // JSON for machines, bearer tokens
    builder.AddBackups();        // the database into a file and back
    builder.AddRetention();      // what is deleted when, and what stops it
    builder.AddSeeding();        // a school's people and classes from a file
    builder.AddSetup();          // what each start does first
    builder.AddJobs(Schedule.All);

    var app = builder.Build().BeginModel();
    app.MapWebhooks();           // before the pages and all they need
    app.UseWeb();
    app.MapTeaching();
    app.MapJobs(SessionGuard.Web.Access.MaySteerJobs);
    app.MapApi();
    return app;
});
