using System.Globalization;
using SessionGuard.Rules;

namespace SessionGuard.Tests.Rules;

/// <summary>Evidence written short, for tables. Second 0 is the planned start; the class is planned for an hour.</summary>
internal static class Evidence
{
    public static readonly DateTimeOffset Zero = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    public static readonly MeetingSettings Safe = new()
    {
        Passcode = PasscodeStrength.Strong,
        WaitingRoom = true,
        JoinBeforeHost = false,
        UsesPersonalMeetingId = false,
        RequiresSignIn = false,
        Registration = true,
        AutoRecording = "none",
    };

    public static Guid Maya { get; } = new("11111111-1111-7111-8111-111111111111");

    public static Guid Leo { get; } = new("22222222-2222-7222-8222-222222222222");

    /// <param name="stays">See <see cref="Stays"/>.</param>
    public static SessionEvidence Of(SessionPhase phase, int second, string stays = "", params ChildEvidence[] children) => new()
    {
        Now = Zero.AddSeconds(second),
        Start = Zero,
        End = Zero.AddHours(1),
        Phase = phase,
        Settings = Safe,
        Children = children,
        Stays = Stays(stays),
        Runs = phase switch
        {
            SessionPhase.Live => [new RunEvidence(Zero, Zero, null, ReportState.NotYet)],
            SessionPhase.Over => [new RunEvidence(Zero, Zero, Zero.AddSeconds(second), ReportState.Agrees)],
            SessionPhase.Scheduled or SessionPhase.Cancelled => [],
        },
    };

    public static ChildEvidence Child(
        Guid id, Promise promise = Promise.None, SeatLink link = SeatLink.Own, Sighting sighting = Sighting.None, int? age = null) =>
        new(id, link, promise, sighting, age);

    /// <summary>
    /// "S 0-300" is staff from second 0 up to, not including, second 300; "C 0-" a child (Maya) who is still there; "L" her brother; "U" somebody
    /// unknown; "A" an adult student. "@w" stands for the waiting room, "@b" and "@c" for breakout rooms, "?" for a name that is only remembered.
    /// </summary>
    public static IReadOnlyList<StayEvidence> Stays(string stays) =>
    [
        .. stays.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(text =>
        {
            var parts = text.Split([' ', '@'], StringSplitOptions.RemoveEmptyEntries);
            var times = parts[1].Split('-');
            var (kind, child) = parts[0][0] switch
            {
                'S' => (SeatKind.Staff, (Guid?)null),
                'C' => (SeatKind.Child, Maya),
                'L' => (SeatKind.Child, Leo),
                'A' => (SeatKind.AdultStudent, null),
                _ => ((SeatKind?)null, (Guid?)null),
            };
            var room = parts.Length == 2 ? Room.Main : parts[2] is "w" ? Room.Waiting : Room.Breakout(parts[2]);
            return new StayEvidence(
                parts[0].TrimEnd('?'), kind, child, parts[0].EndsWith('?') ? Certainty.Unsure : Certainty.Likely, room, At(times[0]),
                times[1].Length == 0 ? null : At(times[1]));
        }),
    ];

    private static DateTimeOffset At(string second) => Zero.AddSeconds(int.Parse(second, CultureInfo.InvariantCulture));
}
