using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SessionGuard.Tests.Testing;

namespace SessionGuard.ResilienceTests.Kit;

/// <summary>Zoom's URL validation, which it repeats every 72 hours and switches the hook off without.</summary>
internal sealed class Challenger(Uri node) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = node, Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>Asks for the proof and judges it.</summary>
    /// <returns>How long the answer took.</returns>
    public async Task<TimeSpan> AskAsync(int number)
    {
        var token = $"qgg8vlvZRS6UYooatFL8A{number}";
        var body = Encoding.UTF8.GetBytes($$"""{"event":"endpoint.url_validation","payload":{"plainToken":"{{token}}"},"event_ts":{{1795521600000 + number}}}""");
        using var request = ZoomSigned.Request(App.Slug, App.WebhookSecret, DateTimeOffset.UtcNow, body);
        var watch = Stopwatch.StartNew();
        using var response = await _http.SendAsync(request);
        var answer = await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
        var took = watch.Elapsed;
        using var json = JsonDocument.Parse(answer);
        Assert.Equal(token, json.RootElement.GetProperty("plainToken").GetString());
        Assert.Equal(
            Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(App.WebhookSecret), Encoding.UTF8.GetBytes(token))),
            json.RootElement.GetProperty("encryptedToken").GetString());
        return took;
    }

    public void Dispose() => _http.Dispose();
}
