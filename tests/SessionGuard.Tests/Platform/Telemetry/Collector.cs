using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SessionGuard.Tests.Platform.Telemetry;

/// <summary>An OTLP collector on this machine that keeps every byte it is sent, by signal.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> _received = new();

    private Collector(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>What has the service send everything here.</summary>
    public Dictionary<string, string?> Settings => new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" };

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        collector._app.MapPost("/v1/{signal}", collector.TakeAsync);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>Protobuf writes text as it is, so words can be looked for in it.</summary>
    public string Received(string signal) => string.Join('\n', _received.Where(r => r.Signal == signal).Select(r => Encoding.UTF8.GetString(r.Body)));

    public string ReceivedInAll => string.Join('\n', _received.Select(r => Encoding.UTF8.GetString(r.Body)));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(string signal, HttpRequest request, HttpResponse response)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        _received.Enqueue((signal, body.ToArray()));
        response.ContentType = "application/x-protobuf";
    }
}
