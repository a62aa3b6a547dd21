using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SessionGuard.Tests.ZoomSandbox;

/// <summary>One request that the sandbox delivered.</summary>
internal sealed record Received(string Event, byte[] Body, IHeaderDictionary Headers)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonObject Json => (JsonObject)JsonNode.Parse(Body)!;
}

/// <summary>The far end of the webhook: answers validation rightly and events as the test says.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();

    private WebhookReceiver(WebApplication app) => _app = app;

    public Uri Url { get; private set; } = null!;

    /// <summary>How events are answered; 200 unless the test changes it.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    public bool AnswersValidation { get; set; } = true;

    /// <summary>Deliveries in order of arrival, validation left out.</summary>
    public IReadOnlyList<Received> Events => [.. _received.Where(r => r.Event != "endpoint.url_validation")];

    public IReadOnlyList<Received> Validations => [.. _received.Where(r => r.Event == "endpoint.url_validation")];

    public static async Task<WebhookReceiver> StartAsync(string secret)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.Configure<HostOptions>(h => h.ShutdownTimeout = TimeSpan.FromMilliseconds(200));
        var receiver = new WebhookReceiver(builder.Build());
        receiver._app.Run(context => receiver.ReceiveAsync(context, secret));
        await receiver._app.StartAsync();
        var address = receiver._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        receiver.Url = new Uri(address + "/webhooks/zoom/school");
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context, string secret)
    {
        using var memory = new MemoryStream();
        await context.Request.Body.CopyToAsync(memory);
        var json = (JsonObject)JsonNode.Parse(memory.ToArray())!;
        var received = new Received((string)json["event"]!, memory.ToArray(), new HeaderDictionary(context.Request.Headers.ToDictionary()));
        _received.Enqueue(received);
        if (received.Event != "endpoint.url_validation")
        {
            await Answer(context);
        }
        else if (AnswersValidation)
        {
            var token = (string)json["payload"]!["plainToken"]!;
            var encrypted = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(token)));
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync($$"""{"plainToken":"{{token}}","encryptedToken":"{{encrypted}}"}""");
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
