using System.Net;
using System.Text;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Zoom.Webhooks;

public sealed class AccountBindingTests
{
    private const string BirchAccount = "birch-account-id";
    private const string BirchSecret = "birch-webhook-secret";

    private static readonly Dictionary<string, string?> Birch = new()
    {
        ["Organisations:1:Slug"] = "birch",
        ["Organisations:1:Name"] = "Birch Music",
        ["Organisations:1:Zoom:AccountId"] = BirchAccount,
        ["Organisations:1:Zoom:ClientId"] = "b",
        ["Organisations:1:Zoom:ClientSecret"] = "b",
        ["Organisations:1:Zoom:WebhookSecret"] = BirchSecret,
    };

    [Theory, OnEachEngine]
    internal async Task One_schools_secret_says_nothing_about_another_school(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine, Birch);
        var body = Encoding.UTF8.GetBytes(Deliveries.Joined(1));

        Assert.Equal(HttpStatusCode.Unauthorized, await app.SendAsync(Deliveries.Joined(1, account: BirchAccount)));
        Assert.Equal(HttpStatusCode.Unauthorized, await app.SendAsync(body, slug: "birch"));
        Assert.Equal(HttpStatusCode.Unauthorized, await app.SendAsync(body, BirchSecret, slug: "birch"));
        Assert.Equal(HttpStatusCode.Unauthorized, await app.SendAsync(body, BirchSecret));
        Assert.Empty(await app.InboxAsync());

        Assert.Equal(HttpStatusCode.OK, await app.SendAsync(Encoding.UTF8.GetBytes(Deliveries.Joined(2, account: BirchAccount)), BirchSecret, slug: "birch"));
        Assert.NotEqual(app.School.Id, Assert.Single(await app.InboxAsync()).OrganisationId);
    }

    [Theory]
    [InlineData("""{"event":"meeting.ended","payload":{"account_id":"A","account_id":"birch-account-id","object":{}}}""", 401)]
    [InlineData("""{"event":"meeting.ended","payload":{"account_id":"birch-account-id","account_id":"A","object":{}}}""", 401)]
    [InlineData("""{"event":"meeting.ended","payload":{"account_id":"birch-account-id"},"payload":{"account_id":"A"}}""", 401)]
    [InlineData("""{"event":"meeting.ended","payload":{"account_id":"A","account\u005fid":"birch-account-id"}}""", 401)]
    [InlineData("""{"event":"meeting.ended","payload":{"account_id":"A","object":{"account_id":"birch-account-id"}}}""", 401)]
    [InlineData("""{"event":"meeting.ended","payload":{"account_id":"A","object":{"list":[{"account_id":"birch-account-id"}]}}}""", 401)]
    [InlineData("""{"payload":{"account_id":"birch-account-id"},"event":"meeting.ended"}""", 401)]
    [InlineData("""{"event":"meeting.ended","payload":{"account_id":""}}""", 401)]
    [InlineData("""{"event":"meeting.ended","payload":{"account_id":"a"}}""", 401)]
    [InlineData("""{"event":"meeting.ended","payload":{"account_id":"birch-account-id", broken""", 401)]
    [InlineData("""{"event":"meeting.ended","payload":{"account_id":"A","object":{"account_id":"A"}}}""", 200)]
    [InlineData("""{"event":"meeting.ended","payload":{"account_id":"\u0041"}}""", 200)]
    [InlineData("""{"event":"meeting.ended","payload":{"object":{}}}""", 200)]
    [InlineData("""{"event":"meeting.ended","account_id":"birch-account-id","payload":{"account_id":"A"}}""", 200)]
    [InlineData("""{"event":"meeting.ended","payload":{"account_id":null}}""", 200)]
    [InlineData("""{"event":"meeting.participant_feedback","payload":{"account_id":"a-guests-account","object":{}}}""", 200)]
    [InlineData("""{"payload":{"account_id":"a-guests-account","object":{}},"event":"meeting.participant_feedback"}""", 200)]
    public async Task Every_account_named_in_the_payload_is_the_schools(string body, int expected)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, new() { ["Organisations:0:Zoom:AccountId"] = "A" });

        Assert.Equal(expected, (int)await app.SendAsync(body));
        Assert.Equal(expected == 200 ? 1 : 0, (await app.InboxAsync()).Count);
    }
}
