using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;

namespace SessionGuard.Safeguarding.Presence;

/// <summary>What the rules are told of who was there when, and of what teachers saw.</summary>
internal sealed class PresenceEvidence(SessionGuardDb db, Attendance attendance)
{
    /// <summary>A fixed number of queries.</summary>
    public async Task<PresenceAsEvidence> ReadAsync(IReadOnlyCollection<Guid> sessionIds, CancellationToken cancellation)
    {
        var there = await attendance.GetAttendanceAsync(sessionIds, cancellation);
        var attested = await db.Set<Attestation>().AsNoTracking().Where(a => sessionIds.Contains(a.SessionId)).ToListAsync(cancellation);
        return new PresenceAsEvidence(
            there, attested.GroupBy(a => (a.SessionId, a.ChildId)).ToDictionary(g => g.Key, g => g.MaxBy(a => (a.At, a.Id))!.Fact));
    }
}

/// <summary>What was read of a batch of classes.</summary>
/// <param name="There">By the id of the session.</param>
internal sealed record PresenceAsEvidence(
    IReadOnlyDictionary<Guid, SessionAttendance> There, IReadOnlyDictionary<(Guid Session, Guid Child), AttestedFact> Attested)
{
    /// <summary>What the teacher last said about a child's adult.</summary>
    public Sighting FindSighting(Guid sessionId, Guid childId) => !Attested.TryGetValue((sessionId, childId), out var fact) ? Sighting.None : fact switch
    {
        AttestedFact.AdultIsThere => Sighting.AdultIsThere,
        AttestedFact.AdultIsNotThere => Sighting.AdultIsNotThere,
    };

    /// <summary>The evidence of a class with who was there.</summary>
    public SessionEvidence AddTo(SessionEvidence evidence, Guid sessionId) => There.GetValueOrDefault(sessionId) is not { } there ? evidence : evidence with
    {
        Stays = [.. there.Stays.Select(DescribeStay)],
        Runs = [.. there.Runs.Select(r => new RunEvidence(r.FirstHeardAt, r.StartedAt, r.EndedAt, r.Report))],
        HandedOn = there.HandedOn,
    };

    private static StayEvidence DescribeStay(IdentifiedStay stay) => new(
        stay.ScreenKey ?? stay.Stay.ParticipantUuid ?? stay.Stay.ConnectionId, stay.Who.Kind, stay.Who.Kind is SeatKind.Child ? stay.Who.PersonId : null,
        stay.Who.Certainty, stay.Stay.Room, stay.Stay.Join, stay.Stay.Leave)
    {
        JoinIsKnown = stay.Stay.JoinIsKnown,
        LeaveIsKnown = stay.Stay.LeaveIsKnown,
        IsConnected = stay.Stay.IsConnected,
    };
}
