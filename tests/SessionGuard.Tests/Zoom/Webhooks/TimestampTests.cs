using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Client;
using SessionGuard.Zoom.Webhooks.Endpoint;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Tests.Zoom.Webhooks;

public sealed class TimestampTests
{
    private static readonly string[] Malformed =
    [
        "", "0", "-1", "1", "179552160", "17955216000", "1795521600000", "-795521600", "2147483648000", "9223372036854775807", "9223372036854775808", "1e9", "1700000000.5", "1795521600.0",
        " 1795521600", "1795521600 ", "+795521600", " +1 ", "1,795,521,600", "0x6b0556ff0", "１７９５５２１６００", "17955216०0", "179552160\0", "1795521600\r", "NaN", "Infinity", "99999999999999999999999999",
    ];

    [Fact]
    public async Task Only_ten_digits_are_a_timestamp()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        foreach (var text in (string[])[.. Malformed, new('1', 1024 * 1024)])
        {
            Assert.Equal((text, 401), (text, await AskAsync(app, text)));
        }

        Assert.Empty(await app.InboxAsync());
    }

    [Fact]
    public async Task Ten_digits_that_are_far_from_now_are_refused_and_never_fail()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        foreach (var text in (string[])["0000000000", "0000000001", "9999999999", "2147483648", "2147483647", "1000000000"])
        {
            Assert.Equal((text, 401), (text, await AskAsync(app, text)));
        }
    }

    [Theory]
    [InlineData(0, 200), InlineData(299, 200), InlineData(301, 200), InlineData(85 * 60, 200), InlineData(7199, 200), InlineData(7200, 200), InlineData(7201, 401), InlineData(86400, 401)]
    [InlineData(-299, 200), InlineData(-300, 200), InlineData(-301, 401), InlineData(-86400, 401)]
    public async Task Delivery_may_be_two_hours_old_and_five_minutes_ahead(int secondsOld, int expected)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);

        Assert.Equal(expected, (int)await app.SendAsync(Encoding.UTF8.GetBytes(Deliveries.Joined(1)), age: TimeSpan.FromSeconds(secondsOld)));

        // Refused or not, what the school's own secret signed is kept.
        var stored = Assert.Single(await app.InboxAsync());
        Assert.Equal(expected == 200 ? (InboxState.Pending, null) : (InboxState.SetAside, SetAsideReasons.Stale), (stored.State, stored.Reason));
    }

    [Theory]
    [InlineData("00:05:00", 300, 200), InlineData("00:05:00", 301, 401)]
    public async Task Tolerance_can_be_set(string tolerance, int secondsOld, int expected)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, new() { ["Zoom:SignatureTolerance"] = tolerance });

        Assert.Equal(expected, (int)await app.SendAsync(Encoding.UTF8.GetBytes(Deliveries.Joined(1)), age: TimeSpan.FromSeconds(secondsOld)));
    }

    [Theory]
    [InlineData("00:04:59"), InlineData("1.00:00:01")]
    public void A_tolerance_out_of_range_stops_the_start(string tolerance)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Zoom:SignatureTolerance"] = tolerance;
        builder.AddZoomClient();
        using var services = builder.Services.BuildServiceProvider();

        var failure = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("SignatureTolerance", failure.Message, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    internal async Task Replays_of_captured_deliveries_have_no_new_effect(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine, new()
        {
            ["Organisations:1:Slug"] = "birch",
            ["Organisations:1:Name"] = "Birch Music",
            ["Organisations:1:Zoom:AccountId"] = "birch-account",
            ["Organisations:1:Zoom:ClientId"] = "b",
            ["Organisations:1:Zoom:ClientSecret"] = "b",
            ["Organisations:1:Zoom:WebhookSecret"] = "birch-webhook-secret",
        });
        var captured = app.Clock.GetUtcNow();
        var bodies = Enumerable.Range(0, 20).Select(n => Encoding.UTF8.GetBytes(Deliveries.Joined(n))).ToList();
        await Task.WhenAll(bodies.Select(b => app.SendAsync(b)));

        foreach (var (later, expected) in ((TimeSpan, int)[])[(TimeSpan.FromSeconds(1), 200), (TimeSpan.FromSeconds(301), 200), (TimeSpan.FromHours(3), 401), (TimeSpan.FromDays(30), 401)])
        {
            app.Clock.Advance(captured + later - app.Clock.GetUtcNow());
            var answers = await Task.WhenAll(bodies.Select(b => app.SendAsync(b, age: later)));
            Assert.All(answers, a => Assert.Equal(expected, (int)a));
            var elsewhere = await Task.WhenAll(bodies.Select(b => app.SendAsync(b, age: later, slug: "birch")));
            Assert.All(elsewhere, a => Assert.Equal(401, (int)a));
        }

        var inbox = await app.InboxAsync();
        Assert.Equal(20, inbox.Count);
        Assert.All(inbox, m => Assert.Equal((app.School.Id, InboxState.Pending), (m.OrganisationId, m.State)));
    }

    [Fact]
    public async Task Only_a_thousand_late_deliveries_are_kept_a_day()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var late = TimeSpan.FromHours(3);
        for (var again = 0; again < 10; again++)
        {
            await app.SendAsync(Encoding.UTF8.GetBytes(Deliveries.Joined(0)), age: late); // one captured request takes one place
        }

        foreach (var hundred in Enumerable.Range(0, Quarantine.PlacesADay + 5).Chunk(100))
        {
            await Task.WhenAll(hundred.Select(n => app.SendAsync(Encoding.UTF8.GetBytes(Deliveries.Joined(n)), age: late)));
        }

        Assert.Equal(Quarantine.PlacesADay, (await app.InboxAsync()).Count);

        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.SendAsync(Encoding.UTF8.GetBytes(Deliveries.Joined(5000)), age: late);
        Assert.Equal(Quarantine.PlacesADay + 1, (await app.InboxAsync()).Count);
    }

    private static async Task<int> AskAsync(App app, string timestamp)
    {
        var body = Encoding.UTF8.GetBytes(Deliveries.Joined(1));
        var context = await app.Server.SendAsync(c =>
        {
            (c.Request.Method, c.Request.Path, c.Request.Body, c.Request.ContentLength) = ("POST", $"/webhooks/zoom/{App.Slug}", new MemoryStream(body), body.Length);
            c.Request.Headers[SignatureHeaders.SignatureName] = ZoomSigned.Signature(App.WebhookSecret, timestamp, body);
            c.Request.Headers[SignatureHeaders.TimestampName] = timestamp;
        });
        return context.Response.StatusCode;
    }
}
