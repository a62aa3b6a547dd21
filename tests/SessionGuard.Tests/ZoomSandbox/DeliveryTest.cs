using Microsoft.AspNetCore.Http;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.ZoomSandbox;

/// <summary>A sandbox with someone at the far end of its webhook.</summary>
public abstract class DeliveryTest : SandboxTest
{
    protected const string Secret = "sessionguard-test-secret";

    internal WebhookReceiver Receiver { get; private set; } = null!;

    protected override SandboxOptions Configure(SandboxOptions options) => options with { WebhookSecret = Secret };

    protected override async ValueTask InitializeMoreAsync()
    {
        Receiver = await WebhookReceiver.StartAsync(Secret);
        Zoom.WebhookUrl = Receiver.Url;
        await Zoom.Deliveries.DrainAsync(Soon);
    }

    protected override ValueTask DisposeMoreAsync() => Receiver.DisposeAsync();

    internal static Func<HttpContext, Task> Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };
}
