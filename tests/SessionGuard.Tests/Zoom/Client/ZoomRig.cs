using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionGuard.Platform.RestoreHold;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Tests.Zoom.Client;

/// <summary>The Zoom client as the service registers it, against a <see cref="FakeZoom"/>, with a clock in the test's hand and no database.</summary>
internal sealed class ZoomRig : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _bound = new(TimeSpan.FromSeconds(60));

    private ZoomRig(WatchedClock clock, FakeZoom zoom)
    {
        (Clock, Zoom) = (clock, zoom);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["Zoom:ApiBaseUrl"] = new Uri(zoom.Address, "v2").AbsoluteUri;
        builder.Configuration["Zoom:TokenUrl"] = new Uri(zoom.Address, "oauth/token").AbsoluteUri;
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(Log);
        builder.AddZoomClient();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(new RestoreHoldGate(clock, _ => Task.FromResult(false)));
        _services = builder.Services.BuildServiceProvider();
        Client = _services.GetRequiredService<ZoomClient>();
    }

    public WatchedClock Clock { get; }

    public FakeZoom Zoom { get; }

    /// <summary>By the real clock: a call that waits for a time nobody moves fails its test instead of stopping the run.</summary>
    public CancellationToken Bound => _bound.Token;

    public LogLines Log { get; } = new();

    public ZoomClient Client { get; }

    public KnownOrganisation School { get; } = MakeSchool("alder", "client-secret-canary");

    public static async Task<ZoomRig> StartAsync()
    {
        var clock = new WatchedClock();
        return new ZoomRig(clock, await FakeZoom.StartAsync(clock));
    }

    public static KnownOrganisation MakeSchool(string slug, string clientSecret) => new(
        Guid.CreateVersion7(), slug, slug, TimeZoneInfo.Utc)
    { Parts = [new ZoomCredentials($"{slug}-account", $"{slug}-client", clientSecret, [])] };

    public Task<ZoomAnswer<ZoomMeeting>> GetAsync(KnownOrganisation? school = null) =>
        Client.GetMeetingAsync(school ?? School, Reply.MeetingId, Bound);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _bound.Dispose();
        await Zoom.DisposeAsync();
    }
}

/// <summary>Every line that was logged, at every level, with its fields.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string All => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var fields = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : "";
            lines.Enqueue($"{logLevel} {eventId.Id} {category}: {formatter(state, exception)} {fields} {exception}");
        }
    }
}
