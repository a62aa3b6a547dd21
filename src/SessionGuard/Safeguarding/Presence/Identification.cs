using SessionGuard.Rules;

namespace SessionGuard.Safeguarding.Presence;

/// <summary>
/// Tells who somebody is: by the seat's own link, by a Zoom account, or by what a teacher decided. A name alone only ever suggests.
/// </summary>
internal static class Identification
{
    /// <param name="screenKey">The stay's <see cref="ScreenIdentity"/>; null when it has none.</param>
    public static Identity Identify(Stay stay, string? screenKey, ClassPeople people)
    {
        if (stay.RegistrantId is { } registrant && people.Seats.FirstOrDefault(s => s.RegistrantIds.Contains(registrant)) is { } seat)
        {
            return new Identity(seat.Kind, Certainty.Likely) { SeatId = seat.Id, PersonId = seat.PersonId };
        }

        if (stay.ZoomUserId is { } user && people.StaffZoomIds.Contains(user))
        {
            return new Identity(SeatKind.Staff, Certainty.Likely);
        }

        return screenKey is not null && people.Matches.TryGetValue(screenKey, out var match) ? Remembered(stay, match, people) : Identity.Unknown;
    }

    /// <summary>Gives each unknown the one free seat that has their name. Two seats with it, or a seat already in use, suggest nothing.</summary>
    public static IReadOnlyList<Identity> Suggest(IReadOnlyList<(Stay Stay, Identity Who)> present, ClassPeople people) =>
        [.. present.Select(p => p.Who.IsKnown ? p.Who : p.Who with { SuggestedSeatId = SuggestionFor(p.Stay, present, people) })];

    private static Guid? SuggestionFor(Stay stay, IReadOnlyList<(Stay Stay, Identity Who)> present, ClassPeople people)
    {
        var name = ScreenIdentity.Normalise(stay.Name);
        var first = name.Split(' ')[0];
        var named = people.Seats.Where(s => s.IsTaken && (s.Names.Contains(name) || s.Names.Contains(first))).ToList();
        return named is [var only] && !present.Any(p => p.Who.SeatId == only.Id && Meet(p.Stay, stay)) ? only.Id : null;
    }

    private static Identity Remembered(Stay stay, RememberedMatch match, ClassPeople people)
    {
        var seat = people.Seats.FirstOrDefault(s => s.Id == match.SeatId);
        return new Identity(seat?.Kind ?? match.Kind, stay.ZoomUserId is null ? Certainty.Unsure : Certainty.Likely)
        {
            SeatId = seat?.Id,
            PersonId = seat?.PersonId,
            IsRemembered = true,
        };
    }

    private static bool Meet(Stay one, Stay other) =>
        (one.Leave is not { } left || left > other.Join) && (other.Leave is not { } gone || gone > one.Join);
}
