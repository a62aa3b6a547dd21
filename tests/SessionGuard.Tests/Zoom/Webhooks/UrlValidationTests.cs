using System.Net;
using System.Text;
using System.Text.Json;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Zoom.Webhooks;

public sealed class UrlValidationTests
{
    [Fact]
    public async Task A_signed_challenge_is_answered_with_the_tokens_hash()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, new() { ["Organisations:0:Zoom:WebhookSecret"] = "sessionguard-test-secret" });

        var (status, type, answer) = await ChallengeAsync(app, "\"pT7nQx2LwVd0KzR4mB9sYA\"", "sessionguard-test-secret");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("application/json", type);
        var json = JsonElement.Parse(answer);
        Assert.Equal("pT7nQx2LwVd0KzR4mB9sYA", json.GetProperty("plainToken").GetString());
        Assert.Equal("d87d601ca77fa98b83a6b08b07f488b9f5bd0f3ea166461aae12b158f66130d2", json.GetProperty("encryptedToken").GetString());
        Assert.Empty(await app.InboxAsync());
    }

    [Fact]
    public async Task During_a_rotation_the_answer_uses_the_secret_that_signed_the_challenge()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, new() { ["Organisations:0:Zoom:PreviousWebhookSecret"] = "sessionguard-test-secret" });

        var (_, _, answer) = await ChallengeAsync(app, "\"pT7nQx2LwVd0KzR4mB9sYA\"", "sessionguard-test-secret");

        Assert.Contains("d87d601ca77fa98b83a6b08b07f488b9f5bd0f3ea166461aae12b158f66130d2", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secret_never_signs_a_forged_event()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var forged = Encoding.UTF8.GetBytes(Deliveries.Joined(666));
        var token = JsonSerializer.Serialize($"v0:{app.Clock.GetUtcNow().ToUnixTimeSeconds()}:{Encoding.UTF8.GetString(forged)}");

        var unsigned = await ChallengeAsync(app, token, secret: null);
        var wronglySigned = await ChallengeAsync(app, token, "another-secret");
        var stale = await ChallengeAsync(app, token, App.WebhookSecret, TimeSpan.FromHours(3));
        var signed = await ChallengeAsync(app, token, App.WebhookSecret);

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest],
            [unsigned.Status, wronglySigned.Status, stale.Status, signed.Status]);
        Assert.All([unsigned, wronglySigned, stale, signed], a => Assert.Empty(a.Answer));
        Assert.Empty(await app.InboxAsync());
    }

    [Theory]
    [InlineData("\"1234567\"", 400), InlineData("\"12345678\"", 200), InlineData("\"abc_DEF-09\"", 200), InlineData("\"1234567:\"", 400), InlineData("\"1234567\\n8\"", 400)]
    [InlineData("\"12345678\\n\"", 400), InlineData("\"\"", 400), InlineData("null", 400), InlineData("12345678", 400), InlineData("{}", 400), InlineData("\"é2345678\"", 400), InlineData("\"\\u0031234567a\"", 200)]
    public async Task Only_a_plain_word_of_8_to_128_letters_is_hashed(string token, int expected)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);

        Assert.Equal(expected, (int)(await ChallengeAsync(app, token, App.WebhookSecret)).Status);
    }

    [Theory]
    [InlineData(128, 200), InlineData(129, 400), InlineData(1_000_000, 400)]
    public async Task A_long_token_is_refused(int length, int expected)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);

        Assert.Equal(expected, (int)(await ChallengeAsync(app, $"\"{new string('a', length)}\"", App.WebhookSecret)).Status);
    }

    [Fact]
    public async Task A_challenge_without_a_token_is_400()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);

        Assert.Equal(HttpStatusCode.BadRequest, await app.SendAsync("""{"event":"endpoint.url_validation","payload":{}}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await app.SendAsync("""{"event":"endpoint.url_validation","plainToken":"12345678"}"""));
    }

    [Fact]
    public async Task A_hundred_challenges_are_answered_while_the_database_hangs()
    {
        var store = new HeldStore();
        await using var app = await App.StartAsync(StorageEngine.Sqlite, services: s => s.AddSingletonStore(store));
        var stuck = app.SendAsync(Deliveries.Joined(1));
        await store.Asked;

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => ChallengeAsync(app, $"\"word-{n:0000}\"", App.WebhookSecret)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.False(stuck.IsCompleted);
        store.Release();
        Assert.Equal(HttpStatusCode.OK, await stuck);
    }

    private static async Task<(HttpStatusCode Status, string? Type, string Answer)> ChallengeAsync(App app, string token, string? secret, TimeSpan age = default)
    {
        var body = Encoding.UTF8.GetBytes($$$"""{"payload":{"plainToken":{{{token}}}},"event_ts":1795521600000,"event":"endpoint.url_validation"}""");
        using var client = app.CreateClient();
        using var request = ZoomSigned.Request(App.Slug, secret ?? "", app.Clock.GetUtcNow() - age, body);
        if (secret is null)
        {
            request.Headers.Remove("x-zm-signature");
        }

        using var response = await client.SendAsync(request);
        return (response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStringAsync());
    }
}
