using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Tests.Zoom.Client;

/// <summary>The whole service with its database, against a <see cref="FakeZoom"/>.</summary>
internal sealed class ZoomApp : IAsyncDisposable
{
    public const string Host = "host-1";

    private readonly CancellationTokenSource _bound = new(TimeSpan.FromSeconds(60));

    private ZoomApp(App app, FakeZoom zoom, WatchedClock clock) => (App, Zoom, Clock) = (app, zoom, clock);

    public App App { get; }

    public FakeZoom Zoom { get; }

    public WatchedClock Clock { get; }

    /// <summary>By the real clock: a call that waits for a time nobody moves fails its test instead of stopping the run.</summary>
    public CancellationToken Bound => _bound.Token;

    public ZoomClient Client => App.Services.GetRequiredService<ZoomClient>();

    public ZoomBudget Budget => App.Services.GetRequiredService<ZoomBudget>();

    public KnownOrganisation School => App.School;

    public static async Task<ZoomApp> StartAsync(StorageEngine engine)
    {
        var clock = new WatchedClock();
        var zoom = await FakeZoom.StartAsync(clock);
        var app = await App.StartAsync(
            engine,
            new()
            {
                ["Zoom:ApiBaseUrl"] = new Uri(zoom.Address, "v2/").AbsoluteUri,
                ["Zoom:TokenUrl"] = new Uri(zoom.Address, "oauth/token").AbsoluteUri,
            },
            services => services.AddSingleton<TimeProvider>(clock));
        return new ZoomApp(app, zoom, clock);
    }

    public Task<ZoomAnswer<Done>> PatchAsync(MeetingPatch patch, BudgetUse use = BudgetUse.Routine) =>
        Client.PatchMeetingAsync(School, Host, Reply.MeetingId, patch, use, Bound);

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        _bound.Dispose();
        await Zoom.DisposeAsync();
    }
}
