using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace SessionGuard.ZoomSandbox.Delivery;

/// <summary>Makes one signed request to the receiver, with Zoom's headers and its three seconds of patience.</summary>
internal sealed class WebhookCaller(SandboxOptions options) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Status is null when there was no answer: refused, cut or too slow.</summary>
    public async Task<WebhookReply> CallAsync(Uri url, string body, string? timestamp, CancellationToken stopping)
    {
        timestamp ??= options.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var bytes = Encoding.UTF8.GetBytes(body);
        var signature = ZoomSignature.Sign(options.WebhookSecret, timestamp, bytes);
        var trackingId = $"v=2.0;clid=us06;rid=WEB_{ZoomIds.Token(12)}";
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.TryAddWithoutValidation("User-Agent", "Zoom Marketplace/1.0a");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        request.Headers.TryAddWithoutValidation("clientid", options.ClientId);
        request.Headers.TryAddWithoutValidation("x-zm-request-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("x-zm-signature", signature);
        request.Headers.TryAddWithoutValidation("x-zm-trackingid", trackingId);

        using var patience = new CancellationTokenSource(Patience, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            var answer = await response.Content.ReadAsStringAsync(either.Token);
            return new WebhookReply((int)response.StatusCode, answer, timestamp, signature, trackingId);
        }
        catch (HttpRequestException)
        {
            return new WebhookReply(null, "", timestamp, signature, trackingId);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return new WebhookReply(null, "", timestamp, signature, trackingId);
        }
    }

    public void Dispose() => _http.Dispose();
}
