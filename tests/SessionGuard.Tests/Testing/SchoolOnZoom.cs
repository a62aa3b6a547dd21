using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Checking;
using SessionGuard.Platform.Storage;
using SessionGuard.Zoom.Webhooks.Processing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Testing;

/// <summary>The service and a Zoom account beside it, on one clock. Zoom's deliveries are carried over when a test says so.</summary>
internal sealed class SchoolOnZoom : IAsyncDisposable
{
    public const string Teacher = "alex@alder.example";

    private int _carried;

    private SchoolOnZoom(App app, SandboxServer zoom) => (App, Zoom) = (app, zoom);

    public App App { get; private set; }

    public SandboxServer Zoom { get; }

    /// <summary>Every change of a meeting that the service asked Zoom for.</summary>
    public int Patches => Zoom.Calls.Count(c => c.Method == "PATCH");

    public static async Task<SchoolOnZoom> StartAsync(
        StorageEngine engine, Dictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null)
    {
        var clock = new TestClock(App.Noon);
        var zoom = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                Clock = clock,
                RateLimits = false,
                AccountId = App.AccountId,
                ClientId = "alder-client",
                ClientSecret = "alder-client-secret",
                WebhookSecret = App.WebhookSecret,
            },
            CancellationToken.None);
        zoom.AddHost(Teacher, "Alex", "Teacher");
        // Zoom would switch the waiting room on by itself; these tests are about what we do.
        zoom.ChangeUserSettings(Teacher, "meeting_security", "auto_security", false);
        var app = await App.StartAsync(
            engine,
            new(settings ?? []) { ["Zoom:ApiBaseUrl"] = $"{zoom.Address}v2/", ["Zoom:TokenUrl"] = $"{zoom.Address}oauth/token" },
            services,
            clock);
        return new SchoolOnZoom(app, zoom);
    }

    /// <summary>Delivers what Zoom raised since the last call, in its order, and applies it.</summary>
    public async Task CarryAsync()
    {
        foreach (var raised in Zoom.Deliveries.Raised.Skip(_carried).ToList())
        {
            _carried++;
            Assert.Equal(HttpStatusCode.OK, await App.DeliverAsync(raised.Body));
        }

        await App.RunAsync<ProcessInboxJob>();
    }

    /// <summary>Finds what is scheduled in Zoom, and looks at each for the first time.</summary>
    public async Task FindAndCheckAsync()
    {
        await App.RunAsync<FindMeetingsJob>();
        await App.RunAsync<CheckUpcomingMeetingsJob>();
    }

    /// <summary>Another service takes over, as after a crash; Zoom and the clock go on.</summary>
    public async Task RestartAsync(Action<IServiceCollection>? services = null) => App = await App.RestartAsync(services);

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Zoom.DisposeAsync();
    }
}
