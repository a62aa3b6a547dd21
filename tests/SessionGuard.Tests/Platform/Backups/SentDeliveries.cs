using System.Text.Json;

namespace SessionGuard.Tests.Platform.Backups;

/// <summary>Which of the numbered deliveries a stored body is.</summary>
internal static class SentDeliveries
{
    /// <summary>0 for a body of another kind.</summary>
    public static int NumberIn(byte[] body)
    {
        var payload = JsonDocument.Parse(body).RootElement.GetProperty("payload").GetProperty("object");
        return payload.TryGetProperty("participant", out var participant) && int.TryParse(participant.GetProperty("user_id").GetString(), out var number) ? number : 0;
    }
}
