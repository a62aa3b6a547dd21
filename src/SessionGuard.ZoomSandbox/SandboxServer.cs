using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SessionGuard.ZoomSandbox.Api;
using SessionGuard.ZoomSandbox.Events;
using SessionGuard.ZoomSandbox.Meetings;
using SessionGuard.ZoomSandbox.Registration;

namespace SessionGuard.ZoomSandbox;

/// <summary>A fake Zoom on 127.0.0.1: its API, its token endpoint and its webhooks.</summary>
/// <remarks>
/// Every member may be called from any thread; the meetings and people it returns are live, so read them between actions.
/// This part is the server; the others are what people do inside Zoom.
/// </remarks>
public sealed partial class SandboxServer : IAsyncDisposable
{
    private readonly ZoomWorld _world;
    private readonly MeetingBook _book;
    private readonly Doorway _doorway;
    private readonly RegistrationDesk _desk;
    private readonly AccountOffice _office;
    private readonly MeetingEvents _meetingEvents;
    private readonly InMeetingEvents _inMeetingEvents;
    private readonly RecordingEvents _recordingEvents;
    private readonly CallLog _calls;
    private WebApplication? _app;
    private TokenDesk? _tokens;
    private Uri? _webhookUrl;

    private SandboxServer(SandboxOptions options)
    {
        _world = new ZoomWorld(options);
        Deliveries = new SandboxDeliveries(options);
        var feed = new EventFeed(_world, Deliveries);
        _meetingEvents = new MeetingEvents(feed);
        _inMeetingEvents = new InMeetingEvents(feed);
        _recordingEvents = new RecordingEvents(feed);
        _book = new MeetingBook(_world, _meetingEvents);
        _doorway = new Doorway(_world, new ParticipantEvents(feed));
        _desk = new RegistrationDesk(new RegistrationEvents(feed));
        _office = new AccountOffice(_world, new SettingsEvents(feed));
        _calls = new CallLog(options.Clock);
    }

    public SandboxOptions Options => _world.Options;

    /// <summary>With a slash at the end. The API is at "v2/" under it, the token endpoint at "oauth/token".</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Where events go; null is no subscription, and events are lost. Setting it challenges the receiver.</summary>
    public Uri? WebhookUrl
    {
        get => _webhookUrl;
        set
        {
            _webhookUrl = value;
            Deliveries.Subscribe(value);
        }
    }

    public SandboxFaults Faults { get; } = new();

    public SandboxDeliveries Deliveries { get; }

    /// <summary>Every request so far, in order of arrival.</summary>
    public IReadOnlyList<SandboxCall> Calls => _calls.Calls;

    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellation)
    {
        var server = new SandboxServer(options);
        try
        {
            await server.ListenAsync(cancellation);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        server.WebhookUrl = options.WebhookUrl;
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await Deliveries.DisposeAsync();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        // Empty: nothing of the surrounding process's configuration, addresses or logging may leak in.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, Options.Port));
        builder.Services.AddRoutingCore();
        // Calls that hang on purpose are cut off at the end.
        builder.Services.Configure<HostOptions>(h => h.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        _app = builder.Build();
        _app.Use(next => context => _calls.RecordAsync(context, next));
        _app.Use(next => context => Faults.TakeFor(context.Request) is { } fault ? fault.Answer(context, next) : next(context));
        _app.UseRouting();
        // The address is known only once the server listens, so the token desk looks it up when asked.
        _tokens = new TokenDesk(Options, () => Address);
        MapCalls(_app, _tokens);
        await _app.StartAsync(cancellation);

        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Address = new Uri(addresses.First() + "/");
    }

    private void MapCalls(WebApplication app, TokenDesk tokens)
    {
        var limits = new RateLimits(Options);
        var pages = new Pages(Options.Clock);
        app.MapPost("/oauth/token", (RequestDelegate)tokens.AnswerAsync);
        var api = new ZoomApi(_world, tokens, limits, app);
        new MeetingCalls(_book, _doorway, limits).Map(api);
        new MeetingListCalls(pages).Map(api);
        new RegistrantCalls(_desk, limits, pages).Map(api);
        new PastMeetingCalls(pages).Map(api);
        new UserCalls(_office, pages).Map(api);
        app.MapFallback((RequestDelegate)ZoomApi.UnknownAsync);
    }
}
