using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SessionGuard.Tests.Zoom.Client;

/// <param name="Target">The path and query as they came over the wire, still encoded.</param>
/// <param name="At">By the test's clock.</param>
internal sealed record Received(string Method, string Target, string? Authorization, string Body, DateTimeOffset At);

/// <summary>An HTTP server on loopback that answers as the test scripted. What nobody scripted is answered with 501 and fails the test.</summary>
internal sealed class FakeZoom : IAsyncDisposable
{
    private const string TokenPath = "/oauth/token";
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<RequestDelegate> _script = new();
    private readonly ConcurrentQueue<Received> _received = new();
    private readonly Channel<Received> _arrivals = Channel.CreateUnbounded<Received>();
    private readonly TimeProvider _clock;
    private RequestDelegate? _always;
    private int _tokens;

    private FakeZoom(TimeProvider clock)
    {
        _clock = clock;
        Token = TokenAsync;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseKestrelCore();
        _server = builder.Build();
        _server.Run(HandleAsync);
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>The calls of the API, without token requests.</summary>
    public IReadOnlyList<Received> Calls => [.. _received.Where(r => r.Target != TokenPath)];

    public string? LastTokenBody => _received.LastOrDefault(r => r.Target == TokenPath)?.Body;

    public int TokenRequests => _received.Count(r => r.Target == TokenPath);

    /// <summary>Answers token requests; until replaced it gives <c>token-1</c>, <c>token-2</c> and so on.</summary>
    public RequestDelegate Token { get; set; }

    public static async Task<FakeZoom> StartAsync(TimeProvider clock)
    {
        var zoom = new FakeZoom(clock);
        await zoom._server.StartAsync();
        var addresses = zoom._server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        zoom.Address = new Uri(addresses.Addresses.Single());
        return zoom;
    }

    /// <summary>What the coming calls are answered with, in order.</summary>
    public FakeZoom Answers(params RequestDelegate[] replies)
    {
        foreach (var reply in replies)
        {
            _script.Enqueue(reply);
        }

        return this;
    }

    /// <summary>What every call that is not in the script is answered with.</summary>
    public FakeZoom Always(RequestDelegate reply)
    {
        _always = reply;
        return this;
    }

    /// <summary>Waits for the next call of the API to arrive.</summary>
    public async Task<Received> ArrivalAsync() =>
        await _arrivals.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true));
        await _server.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var received = new Received(
            context.Request.Method, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            context.Request.Headers.Authorization, await reader.ReadToEndAsync(), _clock.GetUtcNow());
        _received.Enqueue(received);
        if (received.Target == TokenPath)
        {
            await Token(context);
            return;
        }

        _arrivals.Writer.TryWrite(received);
        var reply = _script.TryDequeue(out var scripted) ? scripted : _always ?? Reply.Json("""{"code":0,"message":"unscripted"}""", 501);
        await reply(context);
    }

    private Task TokenAsync(HttpContext context) => Reply.Token($"token-{Interlocked.Increment(ref _tokens)}")(context);
}
