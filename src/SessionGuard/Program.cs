using SessionGuard.Classes;
using SessionGuard.Composition;
using SessionGuard.Platform;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding;
using SessionGuard.School;
using SessionGuard.Surfaces;
using SessionGuard.Surfaces.Commands;
using SessionGuard.Surfaces.Seeding;
using SessionGuard.Zoom;

namespace SessionGuard;

/// <summary>The contents page: one line for each area, the lower ones first. Each area has a contents page of its own.</summary>
public sealed class Program
{
    private Program()
    {
    }

    public static Task<int> Main(string[] args) => CommandLine.RunAsync(args, Build, SeedCommand.Create);

    /// <summary>The whole service, for every verb.</summary>
    internal static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.AddPlatform();               // storage, keys, ledger, mail, telemetry: what any such service needs
        builder.AddZoom();                   // signed deliveries in, typed API client out
        builder.AddSchool();                 // people and staff
        builder.AddClasses();                // classes, their meetings, everybody's place
        builder.AddSafeguarding();           // presence, answers, reminders, flags
        builder.AddSurfaces(Access.Routes);  // pages, API, verbs, and who may call what
        builder.AddJobs(Schedule.All);       // last: what works in the background begins after all it uses

        var app = builder.Build().BeginModel();
        app.MapZoom();                       // before the pages and all they need
        app.MapSurfaces(Access.MaySteerJobs);
        return app;
    }
}
