namespace SessionGuard.Presence;

/// <summary>Who was there when, from what Zoom said in whatever order.</summary>
internal static class StayTimeline
{
    /// <param name="events">Comings and goings of one instance.</param>
    /// <param name="endedAt">When the instance ended; it ends every stay that Zoom left open. Null while it runs.</param>
    public static IReadOnlyList<Stay> Of(IEnumerable<ParticipantEvent> events, DateTimeOffset? endedAt) =>
        [.. events.GroupBy(e => e.ConnectionId).SelectMany(g => OfConnection(g, endedAt)).OrderBy(s => s.Join).ThenBy(s => s.ConnectionId, StringComparer.Ordinal)];

    /// <summary>
    /// A connection joins and leaves once, but Zoom may tell either twice, late or never. Each leaving ends the joining before it;
    /// a second leaving for the same joining is a repeat and changes nothing.
    /// </summary>
    private static IEnumerable<Stay> OfConnection(IEnumerable<ParticipantEvent> connection, DateTimeOffset? endedAt)
    {
        ParticipantEvent? joined = null;
        var heardOfAStay = false;
        foreach (var heard in connection.OrderBy(e => e.At).ThenBy(e => e.Kind))
        {
            switch (heard.Kind)
            {
                case ParticipantEventKind.Joined:
                    joined ??= heard;
                    break;
                case ParticipantEventKind.Left when joined is not null:
                    yield return StayOf(joined, joined.At, heard.At);
                    (joined, heardOfAStay) = (null, true);
                    break;
                case ParticipantEventKind.Left when !heardOfAStay:
                    yield return StayOf(heard, heard.At, heard.At) with { JoinIsKnown = false };
                    heardOfAStay = true;
                    break;
                case ParticipantEventKind.Left:
                    break;
            }
        }

        if (joined is not null)
        {
            yield return StayOf(joined, joined.At, endedAt is { } end && end < joined.At ? joined.At : endedAt);
        }
    }

    private static Stay StayOf(ParticipantEvent e, DateTimeOffset join, DateTimeOffset? leave) =>
        new(e.ConnectionId, e.ParticipantUuid, e.RegistrantId, e.ZoomUserId, e.Name, join, leave);
}
