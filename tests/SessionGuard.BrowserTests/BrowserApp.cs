using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.BrowserTests;

/// <summary>The service on a real port of the loopback address, with a school's week in its database.</summary>
internal sealed class BrowserApp : WebApplicationFactory<Program>
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sessionguard-browser-").FullName;

    private BrowserApp()
    {
        UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
    }

    /// <summary>A Tuesday in March in the afternoon, just before the classes.</summary>
    public TestClock Clock { get; } = new(new DateTimeOffset(2026, 3, 3, 15, 40, 0, TimeSpan.Zero));

    public SeededSchool School { get; private set; } = null!;

    public Uri Address => ClientOptions.BaseAddress;

    public static async Task<BrowserApp> StartAsync()
    {
        var app = new BrowserApp();
        app.StartServer();
        app.School = await SeededSchool.PlantAsync(app.Services, app.Clock.GetUtcNow(), withPeople: true);
        return app;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        var settings = App.Settings(_folder, StorageEngine.Sqlite, "").Concat(SeededSchool.Settings);
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.UseSetting("PublicUrl", "http://localhost:5080"); // cookies without the marks that need https
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
