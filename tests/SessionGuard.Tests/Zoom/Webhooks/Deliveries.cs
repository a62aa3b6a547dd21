using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Tests.Zoom.Webhooks;

/// <summary>Bodies as Zoom writes them, and what the inbox holds of them.</summary>
internal static class Deliveries
{
    public static string Joined(int number, string account = App.AccountId, string topic = "Tap, grade 3") =>
        $$$$"""
        {"event":"meeting.participant_joined","payload":{"account_id":"{{{{account}}}}","object":{"uuid":"JcuwbOU0XxQnQHhQed3GnA==","id":"86014725390","topic":"{{{{topic}}}}","participant":{"user_id":"{{{{number}}}}","user_name":"Poppy R","email":"","join_time":"2026-11-24T12:00:{{{{number % 60:00}}}}Z"}}},"event_ts":{{{{1795521600000 + number}}}}}
        """;

    public static Task<HttpStatusCode> SendAsync(this App app, string json, string secret = App.WebhookSecret) =>
        app.SendAsync(Encoding.UTF8.GetBytes(json), secret);

    public static async Task<HttpStatusCode> SendAsync(this App app, byte[] body, string secret = App.WebhookSecret, TimeSpan age = default, string slug = App.Slug)
    {
        using var client = app.CreateClient();
        using var request = ZoomSigned.Request(slug, secret, app.Clock.GetUtcNow() - age, body);
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    public static Task<List<InboxMessage>> InboxAsync(this App app) =>
        app.ReadAsync(db => db.Set<InboxMessage>().AsNoTracking().OrderBy(m => m.Id).ToListAsync());

    public static bool IsOf(this InboxMessage message, byte[] body) => message.DeliveryKey.AsSpan(sizeof(long)).SequenceEqual(SHA256.HashData(body));

    public static string Text(this InboxMessage message) => Encoding.UTF8.GetString(message.Body);
}
