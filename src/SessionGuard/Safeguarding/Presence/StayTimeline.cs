namespace SessionGuard.Safeguarding.Presence;

/// <summary>Who was there when, from what Zoom said in whatever order.</summary>
internal static class StayTimeline
{
    /// <param name="events">Comings and goings of one instance.</param>
    /// <param name="endedAt">When the instance ended; it ends every stay that Zoom left open. Null while it runs.</param>
    public static IReadOnlyList<Stay> BuildStays(IEnumerable<ParticipantEvent> events, DateTimeOffset? endedAt) =>
    [
        .. BreakoutRooms.SetApart([.. events.GroupBy(e => e.ConnectionId).SelectMany(g => ConnectionTimeline.BuildStays(g, endedAt))])
            .OrderBy(s => s.Join).ThenBy(s => s.ConnectionId, StringComparer.Ordinal).ThenBy(s => s.Leave ?? DateTimeOffset.MaxValue),
    ];
}
