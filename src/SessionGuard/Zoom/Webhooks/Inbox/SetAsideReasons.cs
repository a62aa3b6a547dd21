namespace SessionGuard.Zoom.Webhooks.Inbox;

/// <summary>What an admin reads beside a delivery that was set aside.</summary>
internal static class SetAsideReasons
{
    public const string Unreadable = "It is signed, but its body is not an event in JSON.";
    public const string Stale = "It is signed, but its timestamp was too far from our clock.";
    public const string NoPayload = "It has no payload to apply.";
    public const string Malformed = "Its payload is not what its event promises.";

    /// <summary>Names the kind of failure and nothing from the body.</summary>
    public static string Failed(int tries, Exception failure) => $"It failed {tries} times, last with {failure.GetType().Name}.";
}
