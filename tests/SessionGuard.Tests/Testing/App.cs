using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Tests.Testing;

/// <summary>
/// The real service with a database of its own and a clock in the test's hand, in the Production environment. Its timers are off:
/// a test runs the job it is about.
/// </summary>
internal sealed class App : WebApplicationFactory<Program>
{
    public const string Slug = "alder";
    public const string AccountId = "hv83HxMXX667F1Ht-AU95w";
    public const string WebhookSecret = "alder-webhook-secret";

    private readonly Dictionary<string, string?> _settings;
    private readonly Action<IServiceCollection>? _services;
    private readonly string _folder;
    private bool _hasSuccessor;

    private App(string folder, Dictionary<string, string?> settings, Action<IServiceCollection>? services, TestClock clock) =>
        (_folder, _settings, _services, Clock) = (folder, settings, services, clock);

    /// <summary>Noon on a Tuesday in November, UTC: no clock change near, a class at five.</summary>
    public static DateTimeOffset Noon { get; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public TestClock Clock { get; }

    /// <summary>Where the service keeps its files.</summary>
    public string Folder => _folder;

    public KnownOrganisation School => Services.GetRequiredService<OrganisationDirectory>().BySlug(Slug)!;

    /// <param name="settings">Configuration on top of <see cref="Settings"/>.</param>
    /// <param name="services">Registrations that replace the service's own.</param>
    /// <param name="clock">Shared with what stands around the service; null makes one that stands at <see cref="Noon"/>.</param>
    public static async Task<App> StartAsync(
        StorageEngine engine, Dictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null, TestClock? clock = null)
    {
        var folder = Directory.CreateTempSubdirectory("sessionguard-test-").FullName;
        var all = Settings(folder, engine, engine is StorageEngine.PostgreSql ? await TestDatabases.PostgresAsync() : "");
        foreach (var (key, value) in settings ?? [])
        {
            all[key] = value;
        }

        var app = new App(folder, all, services, clock ?? new TestClock(Noon));
        _ = app.Server;
        return app;
    }

    /// <summary>Ends this service and starts another on its database, its files and its clock. This one is of no use any more.</summary>
    /// <param name="services">Registrations that replace the new one's own; this one's are not carried on.</param>
    public async Task<App> RestartAsync(Action<IServiceCollection>? services = null)
    {
        _hasSuccessor = true;
        await DisposeAsync();
        var next = new App(_folder, _settings, services, Clock);
        _ = next.Server;
        return next;
    }

    /// <summary>What every test's service is configured with; also for tests that start it as a process.</summary>
    public static Dictionary<string, string?> Settings(string folder, StorageEngine engine, string connection) => new()
    {
        ["DataFolder"] = folder,
        // One file for the whole run: services with the same keys share the model, which takes a while to make.
        ["Security:MasterKeyFile"] = TestKeys.File,
        ["PublicUrl"] = "https://lessons.alder.example",
        ["Storage:Engine"] = engine.ToString(),
        ["Storage:ConnectionString"] = connection,
        ["Jobs:Enabled"] = "false",
        ["Organisations:0:Slug"] = Slug,
        ["Organisations:0:Name"] = "Alder Dance",
        ["Organisations:0:Lead:Name"] = "Robin Lead",
        ["Organisations:0:Lead:Email"] = "lead@alder.example",
        ["Organisations:0:Lead:Phone"] = "01632 960 001",
        ["Organisations:0:Zoom:AccountId"] = AccountId,
        ["Organisations:0:Zoom:ClientId"] = "alder-client",
        ["Organisations:0:Zoom:ClientSecret"] = "alder-client-secret",
        ["Organisations:0:Zoom:WebhookSecret"] = WebhookSecret,
    };

    /// <summary>Sends a delivery to the endpoint as Zoom would, signed at the test's current time.</summary>
    public async Task<HttpStatusCode> DeliverAsync(string json)
    {
        using var client = CreateClient();
        using var request = ZoomSigned.Request(Slug, WebhookSecret, Clock.GetUtcNow(), Encoding.UTF8.GetBytes(json));
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>Runs one pass of a job, as the schedule would.</summary>
    public async Task RunAsync<TJob>()
        where TJob : class, IJob
    {
        await using var scope = Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        await ActivatorUtilities.GetServiceOrCreateInstance<TJob>(scope.ServiceProvider).RunAsync(CancellationToken.None);
    }

    /// <summary>Reads with a context of its own that sees every organisation.</summary>
    public async Task<T> ReadAsync<T>(Func<SessionGuardDb, Task<T>> read)
    {
        await using var scope = Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        return await read(scope.ServiceProvider.GetRequiredService<SessionGuardDb>());
    }

    /// <summary>Changes and saves with a context of its own that sees every organisation.</summary>
    public Task WriteAsync(Action<SessionGuardDb> change) => ReadAsync(db =>
    {
        change(db);
        return db.SaveChangesAsync();
    });

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            foreach (var timer in (Type[])[typeof(Heartbeat), typeof(FollowOrganisations)])
            {
                services.Remove(services.Single(s => s.ImplementationType == timer));
            }

            _services?.Invoke(services);
        });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (!_hasSuccessor)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
