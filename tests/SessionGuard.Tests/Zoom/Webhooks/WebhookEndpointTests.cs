using System.Net;
using System.Net.Http.Headers;
using System.Text;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Webhooks.Endpoint;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Tests.Zoom.Webhooks;

public sealed class DoorTests
{
    [Theory, OnEachEngine]
    internal async Task A_signed_delivery_is_stored_as_it_came_and_answered_200(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var body = Encoding.UTF8.GetBytes(Deliveries.Joined(1));

        Assert.Equal(HttpStatusCode.OK, await app.SendAsync(body));

        var stored = Assert.Single(await app.InboxAsync());
        Assert.Equal(app.School.Id, stored.OrganisationId);
        Assert.Equal("meeting.participant_joined", stored.Event);
        Assert.Equal(body, stored.Body);
        Assert.True(stored.IsOf(body));
        Assert.Equal(InboxState.Pending, stored.State);
        Assert.Null(stored.Reason);
        Assert.Equal(0, stored.Tries);
        Assert.Null(stored.LeasedUntil);
        Assert.Equal(app.Clock.Now(), stored.ReceivedAt);
    }

    [Theory, OnEachEngine]
    internal async Task Delivery_sent_again_is_stored_once_and_acknowledged_each_time(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        foreach (var minutes in (int[])[0, 5, 20, 60])
        {
            app.Clock.Advance(TimeSpan.FromMinutes(minutes)); // Zoom's ladder, signed anew each time
            Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(Deliveries.Joined(1)));
        }

        Assert.Single(await app.InboxAsync());
    }

    [Theory, OnEachEngine]
    internal async Task Copies_that_arrive_together_are_stored_once(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var copies = Enumerable.Range(0, 100).SelectMany(n => Enumerable.Repeat(n, 1 + (n % 20))).ToList();

        var answers = await Task.WhenAll(copies.Select(n => app.SendAsync(Deliveries.Joined(n))));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a));
        Assert.Equal(100, (await app.InboxAsync()).Count);
    }

    [Theory, OnEachEngine]
    internal async Task Near_copies_are_both_kept(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        const string Body = """{"event":"recording.completed","event_ts":1795521600000,"download_token":"TOKEN","payload":{"object":{"uuid":"a=="}}}""";

        await app.SendAsync(Body.Replace("TOKEN", "one", StringComparison.Ordinal));
        await app.SendAsync(Body.Replace("TOKEN", "two", StringComparison.Ordinal));

        Assert.Equal(2, (await app.InboxAsync()).Count);
    }

    [Fact]
    public async Task Unknown_organisation_is_404_and_one_without_Zoom_401()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, new() { ["Organisations:1:Slug"] = "birch", ["Organisations:1:Name"] = "Birch Music" });

        Assert.Equal(HttpStatusCode.NotFound, await app.SendAsync("{}"u8.ToArray(), slug: "oak"));
        Assert.Equal(HttpStatusCode.NotFound, await app.SendAsync("{}"u8.ToArray(), slug: "ALDER"));
        Assert.Equal(HttpStatusCode.Unauthorized, await app.SendAsync("{}"u8.ToArray(), slug: "birch"));
    }

    [Theory]
    [InlineData("GET"), InlineData("HEAD"), InlineData("PUT"), InlineData("DELETE"), InlineData("OPTIONS"), InlineData("PATCH")]
    public async Task Any_other_method_is_405(string method)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        using var client = app.CreateClient();
        using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/webhooks/zoom/alder"));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData(null), InlineData("text/plain"), InlineData("application/x-www-form-urlencoded"), InlineData("application/json; charset-utf-8"), InlineData("application/json; charset=utf-16")]
    public async Task Content_type_does_not_matter(string? contentType)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        using var client = app.CreateClient();
        using var request = ZoomSigned.Request(App.Slug, App.WebhookSecret, app.Clock.GetUtcNow(), Encoding.UTF8.GetBytes(Deliveries.Joined(1)));
        request.Content!.Headers.Remove("Content-Type");
        if (contentType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(InboxState.Pending, Assert.Single(await app.InboxAsync()).State);
    }

    [Theory]
    [InlineData(1024 * 1024, HttpStatusCode.OK, false), InlineData((1024 * 1024) + 1, HttpStatusCode.RequestEntityTooLarge, false)]
    [InlineData(1024 * 1024, HttpStatusCode.OK, true), InlineData((1024 * 1024) + 1, HttpStatusCode.RequestEntityTooLarge, true)]
    public async Task Body_may_have_one_mebibyte(int length, HttpStatusCode expected, bool chunked)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        using var client = app.CreateClient();
        var body = Encoding.ASCII.GetBytes(Deliveries.Joined(1).PadRight(length));
        using var request = ZoomSigned.Request(App.Slug, App.WebhookSecret, app.Clock.GetUtcNow(), body);
        if (chunked)
        {
            request.Content = new StreamContent(new MemoryStream(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            request.Headers.TransferEncodingChunked = true;
        }

        using var response = await client.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected is HttpStatusCode.OK ? 1 : 0, (await app.InboxAsync()).Count);
    }

    [Theory, OnEachEngine]
    internal async Task Delivery_is_answered_503_when_it_cannot_be_stored_in_time_and_the_next_one_is_stored(StorageEngine engine)
    {
        var store = new HeldStore();
        await using var app = await App.StartAsync(engine, services: s => s.AddSingletonStore(store));
        using var client = app.CreateClient();
        using var request = ZoomSigned.Request(App.Slug, App.WebhookSecret, app.Clock.GetUtcNow(), Encoding.UTF8.GetBytes(Deliveries.Joined(1)));

        var sending = client.SendAsync(request);
        await store.Asked;
        app.Clock.Advance(WebhookEndpoint.Deadline);
        using var response = await sending;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        store.Release();
        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(Deliveries.Joined(2)));
    }
}
