using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Http;

public sealed class KestrelLimitsTests
{
    private static readonly Dictionary<string, object> Wanted = new()
    {
        ["MaxConcurrentConnections"] = 5_000L,
        ["MaxConcurrentUpgradedConnections"] = 0L,
        ["MaxRequestLineSize"] = 4 * 1024,
        ["MaxRequestHeaderCount"] = 64,
        ["MaxRequestHeadersTotalSize"] = 16 * 1024,
        ["MaxRequestBodySize"] = 1024L * 1024,
        ["MaxRequestBufferSize"] = 64L * 1024,
        ["MaxResponseBufferSize"] = 64L * 1024,
        ["RequestHeadersTimeout"] = TimeSpan.FromSeconds(10),
        ["KeepAliveTimeout"] = TimeSpan.FromMinutes(2),
        ["MinRequestBodyDataRate"] = "240 after 00:00:05",
        ["MinResponseDataRate"] = "240 after 00:00:05",
        ["Http2.MaxStreamsPerConnection"] = 50,
        ["Http2.HeaderTableSize"] = 4 * 1024,
        ["Http2.MaxFrameSize"] = 16 * 1024,
        ["Http2.MaxRequestHeaderFieldSize"] = 8 * 1024,
        ["Http2.InitialStreamWindowSize"] = 64 * 1024,
        ["Http2.InitialConnectionWindowSize"] = 128 * 1024,
        ["Http2.KeepAlivePingDelay"] = TimeSpan.FromMinutes(1),
        ["Http2.KeepAlivePingTimeout"] = TimeSpan.FromSeconds(20),
    };

    [Fact]
    public async Task Every_limit_that_the_server_has_is_ours()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var kestrel = app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value;

        Assert.Equal(Wanted.OrderBy(w => w.Key, StringComparer.Ordinal), Limits("", kestrel.Limits).OrderBy(l => l.Key, StringComparer.Ordinal));
        Assert.False(kestrel.AddServerHeader);
        Assert.False(kestrel.AllowSynchronousIO);
        Assert.False(kestrel.AllowAlternateSchemes);
        Assert.False(kestrel.AllowHostHeaderOverride);
    }

    /// <summary>Whatever can be set. HTTP/3 is not spoken.</summary>
    private static IEnumerable<KeyValuePair<string, object>> Limits(string part, object limits) =>
        limits.GetType().GetProperties().Where(p => p.Name != "Http3").SelectMany(p => p.GetValue(limits) switch
        {
            Http2Limits http2 => Limits("Http2.", http2),
            MinDataRate rate => [KeyValuePair.Create(part + p.Name, (object)$"{rate.BytesPerSecond} after {rate.GracePeriod}")],
            var value => [KeyValuePair.Create(part + p.Name, value ?? "none")],
        });
}
