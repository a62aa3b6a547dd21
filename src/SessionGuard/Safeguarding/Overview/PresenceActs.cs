using SessionGuard.Rules;
using SessionGuard.Safeguarding.Presence;

namespace SessionGuard.Safeguarding.Overview;

/// <summary>What staff say about who is there, with one press. Each returns the sentence that says why it was not done; null: it was.</summary>
internal sealed class PresenceActs(DecideWhoThisIs decide, AttestAdult attest)
{
    public const string NotInClass = "That child is not in this class any more.";

    public async Task<string?> ThisIsAsync(SessionView view, string key, string seat, CancellationToken cancellation)
    {
        Guid? seatId = seat is "staff" ? null : Guid.TryParse(seat, out var id) ? id : Guid.Empty;
        return await decide.HandleAsync(view.Session.Id, key, seatId, SeatKind.Staff, cancellation) switch
        {
            DecisionOutcome.Decided => null,
            DecisionOutcome.NotThere => "Nobody with that name has been in this class.",
            DecisionOutcome.NoSuchSeat => NotInClass,
        };
    }

    public async Task<string?> AttestAsync(SessionView view, Guid child, AttestedFact fact, CancellationToken cancellation) =>
        await attest.HandleAsync(view.Session.Id, child, fact, cancellation) ? null : NotInClass;
}
