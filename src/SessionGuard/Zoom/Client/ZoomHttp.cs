namespace SessionGuard.Zoom.Client;

/// <summary>Sends one request and turns whatever comes back into a body or a fault. No retries, no deadlines: its callers have them.</summary>
internal sealed class ZoomHttp(IHttpClientFactory clients, TimeProvider clock)
{
    public const string ClientName = "zoom";

    /// <returns>The JSON body, empty for an answer without one.</returns>
    /// <exception cref="OperationCanceledException">The caller's deadline passed.</exception>
    public async Task<ZoomAnswer<byte[]>> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return response.IsSuccessStatusCode ? await BodyAsync(response, cancellation) : await FaultAsync(response, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || IsConnectTimeout(e, cancellation))
        {
            return new ZoomFault(ZoomFailure.Unavailable, "Zoom could not be reached, or broke off in the middle of its answer.");
        }
    }

    /// <summary>The handler reports its own connect timeout as a cancellation that nobody asked for.</summary>
    private static bool IsConnectTimeout(Exception e, CancellationToken cancellation) =>
        e is OperationCanceledException && !cancellation.IsCancellationRequested;

    private static async Task<ZoomAnswer<byte[]>> BodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        if (await BoundedBody.ReadAsync(response.Content, cancellation) is not { } body)
        {
            return new ZoomFault(ZoomFailure.Unavailable, "Zoom's answer was too long to be one.") { Status = status };
        }

        // A captive portal or a maintenance page also says 200.
        return body.Length == 0 || IsJson(response.Content)
            ? body
            : new ZoomFault(ZoomFailure.Unavailable, "The answer was not Zoom's: it was not JSON.") { Status = status };
    }

    private async Task<ZoomFault> FaultAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var retryAt = RetryAfter.Read(response.Headers, clock.GetUtcNow());
        byte[]? body = null;
        try
        {
            body = IsJson(response.Content) ? await BoundedBody.ReadAsync(response.Content, cancellation) : null;
        }
        catch (IOException)
        {
            // The status and Retry-After have arrived, and they are what counts.
        }

        return ZoomFaults.Read((int)response.StatusCode, body, retryAt);
    }

    /// <summary>Looked at as text: Zoom has been seen to write parameters that do not parse.</summary>
    private static bool IsJson(HttpContent content) =>
        content.Headers.NonValidated.TryGetValues("Content-Type", out var type)
        && type.ToString().StartsWith("application/json", StringComparison.OrdinalIgnoreCase);
}
