using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Platform.Text;
using SessionGuard.School.Staff;
using SessionGuard.Surfaces.Seeding;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Demo;

/// <summary>A member of the example school's staff.</summary>
internal sealed record DemoPerson(string Email, string Name, Role Role);

/// <summary>The example school: the whole service on a throw-away database, and a fake Zoom that it is connected to.</summary>
internal sealed class DemoSchool : IAsyncDisposable
{
    public const string Slug = "alder-dance";

    private readonly string _folder;

    private DemoSchool(string folder, WebApplication app, SandboxServer zoom)
    {
        _folder = folder;
        App = app;
        Zoom = zoom;
    }

    public static DemoPerson Teacher { get; } = new("alex@alder-dance.example", "Alex Moss", Role.Teacher);

    public static DemoPerson Lead { get; } = new("robin@alder-dance.example", "Robin Vale", Role.Lead);

    public static DemoPerson Deputy { get; } = new("noor@alder-dance.example", "Noor Patel", Role.Deputy);

    public static DemoPerson Admin { get; } = new("sam@alder-dance.example", "Sam Reed", Role.Admin);

    public static IReadOnlyList<DemoPerson> Staff { get; } = [Teacher, Lead, Deputy, Admin];

    public WebApplication App { get; }

    public SandboxServer Zoom { get; }

    /// <summary>Starts it all and connects the two.</summary>
    /// <param name="withTimers">Whether jobs run by themselves too; a story that is played at full speed runs them itself.</param>
    public static async Task<DemoSchool> OpenAsync(
        Func<WebApplicationBuilder, WebApplication> build, string address, bool withTimers, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("sessionguard-demo-").FullName;
        var clock = new StoryClock();
        var zoom = await SandboxServer.StartAsync(new SandboxOptions { Clock = clock, RateLimits = false, ValidateWebhookUrl = false }, cancellation);
        zoom.AddHost(Teacher.Email, "Alex", "Moss");

        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(Settings(folder, address, zoom, withTimers));
        builder.WebHost.UseUrls(address);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(zoom);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(DemoAccess.Rows);
        builder.Services.AddMvcCore().AddApplicationPart(typeof(DemoSchool).Assembly);
        builder.Services.AddSingleton<DemoVisits>();
        builder.Services.AddSingleton<Screens>();
        builder.Services.AddSingleton<Director>();
        var school = new DemoSchool(folder, build(builder), zoom);
        await school.App.StartAsync(cancellation);
        var today = new LocalTime(school.Organisation.TimeZone, clock.Now()).Today;
        await SeedAsync(school.App.Services, new SeedFile { Staff = StaffFile, Children = DemoFamilies.Children(today) }, cancellation);
        zoom.WebhookUrl = new Uri(new Uri(school.App.Urls.First()), $"/webhooks/zoom/{Slug}");
        return school;
    }

    /// <summary>Brings the school to what a file says of it, as the verb <c>seed</c> does.</summary>
    /// <exception cref="InvalidOperationException">It could not.</exception>
    public static async Task SeedAsync(IServiceProvider services, SeedFile file, CancellationToken cancellation)
    {
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var school = services.GetRequiredService<OrganisationDirectory>().BySlug(Slug)!;
        var faults = new ValidationErrors();
        if (await scope.ServiceProvider.GetRequiredService<SeedSchool>().HandleAsync(school, file, faults, cancellation) is not { Stopped: null })
        {
            throw new InvalidOperationException($"The example school could not be seeded: {string.Join(' ', faults.All)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        await Zoom.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static Dictionary<string, string?> Settings(string folder, string address, SandboxServer zoom, bool withTimers) => new()
    {
        ["PublicUrl"] = address,
        ["DataFolder"] = folder,
        ["Jobs:Enabled"] = withTimers ? "true" : "false",
        ["Zoom:ApiBaseUrl"] = $"{zoom.Address}v2/",
        ["Zoom:TokenUrl"] = $"{zoom.Address}oauth/token",
        ["Organisations:0:Slug"] = Slug,
        ["Organisations:0:Name"] = "Alder Dance",
        ["Organisations:0:Lead:Name"] = Lead.Name,
        ["Organisations:0:Lead:Email"] = Lead.Email,
        ["Organisations:0:Lead:Phone"] = "01632 960 001",
        ["Organisations:0:Zoom:AccountId"] = zoom.Options.AccountId,
        ["Organisations:0:Zoom:ClientId"] = zoom.Options.ClientId,
        ["Organisations:0:Zoom:ClientSecret"] = zoom.Options.ClientSecret,
        ["Organisations:0:Zoom:WebhookSecret"] = zoom.Options.WebhookSecret,
        // What is told here is the story; a fault is still worth a line, beside it.
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:Console:LogToStandardErrorThreshold"] = "Trace",
    };

    private static IReadOnlyList<SeedStaff> StaffFile => [.. Staff.Select(p => new SeedStaff(p.Name, p.Email, Words.ToWord(p.Role)))];

    private KnownOrganisation Organisation => App.Services.GetRequiredService<OrganisationDirectory>().BySlug(Slug)!;
}
