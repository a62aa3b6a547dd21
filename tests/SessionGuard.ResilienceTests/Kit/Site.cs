using Microsoft.Data.Sqlite;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.ResilienceTests.Kit;

/// <summary>Where the service runs as a process, or several do: a folder, a database, and a Zoom to ask.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<ServiceProcess> _services = [];
    private readonly Dictionary<string, string?> _settings;

    private Site(StorageEngine engine, string connection, SandboxServer zoom, Dictionary<string, string?> settings)
    {
        (Engine, Connection, Zoom, _settings) = (engine, connection, zoom, settings);
        var file = new SqliteConnectionStringBuilder(engine is StorageEngine.Sqlite ? connection : "").DataSource;
        Database = new Database(engine, file.Length > 0 ? file : Path.Combine(_folder, "sessionguard.db"), connection);
    }

    public StorageEngine Engine { get; }

    public string Connection { get; }

    public Database Database { get; }

    public SandboxServer Zoom { get; }

    public string Folder => _folder;

    /// <param name="connection">Null takes a database of the run's own server, or a file in the site's folder.</param>
    /// <param name="settings">On top of every test service's; its jobs are off unless they say otherwise.</param>
    public static async Task<Site> PrepareAsync(
        StorageEngine engine, string? connection = null, Dictionary<string, string?>? settings = null, SandboxOptions? zoom = null)
    {
        connection ??= engine is StorageEngine.PostgreSql ? await TestDatabases.PostgresAsync() : "";
        var sandbox = await SandboxServer.StartAsync((zoom ?? new SandboxOptions { RateLimits = false }) with
        {
            AccountId = App.AccountId,
            ClientId = "alder-client",
            ClientSecret = "alder-client-secret",
            WebhookSecret = App.WebhookSecret,
        }, CancellationToken.None);
        return new Site(engine, connection, sandbox, new(settings ?? [])
        {
            ["Zoom:ApiBaseUrl"] = $"{sandbox.Address}v2/",
            ["Zoom:TokenUrl"] = $"{sandbox.Address}oauth/token",
        });
    }

    /// <summary>Starts a node and waits until it answers.</summary>
    public async Task<ServiceProcess> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var all = _settings.ToDictionary();
        foreach (var (key, value) in settings ?? [])
        {
            all[key] = value;
        }

        var service = await ServiceProcess.StartAsync(_folder, Engine, Connection, all);
        _services.Add(service);
        return service;
    }

    /// <summary>
    /// The service inside the test, on the site's database, to put things there; it changes nothing by itself. On SQLite it must be gone
    /// before a node starts.
    /// </summary>
    public Dictionary<string, string?> Office => new() { ["DataFolder"] = _folder, ["Storage:ConnectionString"] = Connection };

    /// <summary>Runs a verb of the program on the site's database.</summary>
    public Task<(int ExitCode, string Output, string Error)> VerbAsync(string[] arguments, Dictionary<string, string?>? settings = null)
    {
        var all = App.Settings(_folder, Engine, Connection);
        foreach (var (key, value) in _settings.Concat(settings ?? []))
        {
            all[key] = value;
        }

        return ProgramRun.ToEndAsync(_folder, arguments, all);
    }

    /// <summary>Somebody who may call a node's API.</summary>
    public async Task<HttpClient> CallerAsync(ServiceProcess node, string role)
    {
        var (exit, token, error) = await VerbAsync(["token", "--organisation", App.Slug, "--role", role]);
        Assert.True(exit == 0, error);
        var client = new HttpClient { BaseAddress = node.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token.Trim().Split('\n')[^1]);
        return client;
    }

    /// <summary>In brief size the minute that a dead service's leases last is skipped. No service may be running.</summary>
    public Task AfterTheLeasesAsync() => Size.IsFull ? Task.CompletedTask : Database.EndLeasesAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services)
        {
            await service.DisposeAsync();
        }

        await Zoom.DisposeAsync();
        _folder.Dispose();
    }
}
