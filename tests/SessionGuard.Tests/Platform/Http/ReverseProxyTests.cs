using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Families;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Http;

public sealed class ReverseProxyTests
{
    private const string Proxy = "10.1.2.3";
    private const string Stranger = "203.0.113.9";

    [Theory]
    [InlineData("", Stranger)]
    [InlineData("", "127.0.0.1")]
    [InlineData("10.1.2.0/24, 2001:db8::7", Stranger)]
    [InlineData("10.1.2.4", Proxy)]
    public async Task What_a_peer_says_that_is_not_named_as_a_proxy_changes_nothing(string known, string peer)
    {
        await using var app = await StartAsync(known, everybodyByTheFramework: true);

        var asked = await app.AskAsync(peer, "/jobs", ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "lessons.alder.example"));
        Assert.StartsWith("http://localhost/sign-in", asked.Response.Headers.Location.ToString(), StringComparison.Ordinal);
        for (var guess = 1; guess <= CodeGuesses.Allowed; guess++)
        {
            Assert.Equal(404, (await app.AskAsync(peer, $"/c/guess-{guess}", ("X-Forwarded-For", $"198.51.100.{guess}"))).Response.StatusCode);
        }

        Assert.Equal(429, (await app.AskAsync(peer, "/c/one-more", ("X-Forwarded-For", "198.51.100.99"))).Response.StatusCode);
    }

    [Theory]
    [InlineData("10.1.2.3", Proxy)]
    [InlineData("192.168.7.1, 10.1.2.0/24", Proxy)]
    [InlineData("10.1.2.3", "::ffff:10.1.2.3")]
    [InlineData("2001:db8::/32", "2001:db8::7")]
    public async Task A_named_proxy_is_believed_about_where_a_request_came_from_and_over_what(string known, string peer)
    {
        await using var app = await StartAsync(known);

        var asked = await app.AskAsync(peer, "/jobs", ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "lessons.alder.example"));
        Assert.StartsWith("https://lessons.alder.example/sign-in", asked.Response.Headers.Location.ToString(), StringComparison.Ordinal);
        for (var guess = 1; guess <= CodeGuesses.Allowed; guess++)
        {
            Assert.Equal(404, (await app.AskAsync(peer, $"/c/guess-{guess}", ("X-Forwarded-For", Stranger))).Response.StatusCode);
        }

        Assert.Equal(429, (await app.AskAsync(peer, "/c/one-more", ("X-Forwarded-For", Stranger))).Response.StatusCode);
        Assert.Equal(404, (await app.AskAsync(peer, "/c/one-more", ("X-Forwarded-For", "198.51.100.1"))).Response.StatusCode);
        // What the stranger wrote in front of their own address is still theirs.
        Assert.Equal(429, (await app.AskAsync(peer, "/c/one-more", ("X-Forwarded-For", $"198.51.100.2, {Stranger}"))).Response.StatusCode);
    }

    [Fact]
    public async Task Where_the_public_address_is_https_so_is_every_request()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);

        Assert.StartsWith("https://localhost/sign-in", (await app.AskAsync(Stranger, "/jobs")).Response.Headers.Location.ToString(), StringComparison.Ordinal);
        Assert.Equal(200, (await app.AskAsync(Stranger, "/sign-in")).Response.StatusCode); // a form, whose token asks for https
    }

    private static Task<App> StartAsync(string known, bool everybodyByTheFramework = false) => App.StartAsync(StorageEngine.Sqlite, new()
    {
        ["PublicUrl"] = "http://lessons.alder.example",
        ["Web:KnownProxies"] = known,
        ["FORWARDEDHEADERS_ENABLED"] = everybodyByTheFramework ? "true" : null,
    });
}
