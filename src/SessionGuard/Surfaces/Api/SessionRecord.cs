using SessionGuard.Platform.Text;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Overview;
using SessionGuard.Safeguarding.Presence;

namespace SessionGuard.Surfaces.Api;

/// <summary>One taught class. Times are UTC.</summary>
/// <param name="Organisation">The school's slug.</param>
/// <param name="Series">Id of the class that this session is one of.</param>
/// <param name="Status"><c>scheduled</c>, <c>live</c>, <c>ended</c>, <c>cancelled</c> or <c>unverified</c>.</param>
/// <param name="Settings">Zoom's last answer until the session ended; null when it was never asked.</param>
public sealed record SessionRecord(
    Guid Id, string Organisation, Guid Series, string Topic, DateTime Start, DateTime End, string Status, ZoomRecord Zoom, SettingsRecord? Settings,
    IReadOnlyList<RepairRecord> Repairs, IReadOnlyList<AnswerRecord> Answers, IReadOnlyList<StayRecord> Stays, IReadOnlyList<RuleResultRecord> Rules)
{
    internal static SessionRecord FromView(SessionView view, string organisation, IEnumerable<Answer> answers, IEnumerable<Stay> stays) => new(
        view.Session.Id,
        organisation,
        view.Session.SeriesId,
        view.Session.Topic,
        view.Session.Start.UtcDateTime,
        view.Session.End.UtcDateTime,
        Words.ToWord(view.Session.Status),
        new ZoomRecord(view.Meeting.ZoomMeetingId, [.. view.Runs.Select(run => run.Uuid)]),
        view.Settings is [.., var last] ? SettingsRecord.FromSettings(last.Settings) : null,
        [.. view.Repairs.Select(r => new RepairRecord(Words.ToWord(r.Field), r.Before, r.After, r.At.UtcDateTime, r.Rule))],
        [.. answers.Select(a => new AnswerRecord(a.ChildId, a.CarerId, Words.ToWord(a.Kind), a.At.UtcDateTime))],
        [.. stays.Where(s => s.Room.Kind is not RoomKind.Waiting).Select(StayRecord.FromStay)],
        [.. view.Safeguards.Select(s => new RuleResultRecord(s.Rule.Id, Words.ToWord(s.Record.Result), Words.ToWord(s.Record.Certainty)))]);
}

/// <param name="Instances">Zoom's ids of the runs that belong to the session, the earliest first.</param>
public sealed record ZoomRecord(long MeetingId, IReadOnlyList<string> Instances);

/// <param name="Passcode"><c>none</c>, <c>weak</c> or <c>strong</c>; never the passcode.</param>
public sealed record SettingsRecord(
    string Passcode, bool WaitingRoom, bool JoinBeforeHost, bool UsesPersonalMeetingId, bool RequiresSignIn, bool Registration, string AutoRecording)
{
    internal static SettingsRecord FromSettings(MeetingSettings settings) => new(
        Words.ToWord(settings.Passcode), settings.WaitingRoom, settings.JoinBeforeHost, settings.UsesPersonalMeetingId, settings.RequiresSignIn,
        settings.Registration, settings.AutoRecording);
}

/// <param name="Field"><c>passcode</c>, <c>waiting-room</c> or <c>join-before-host</c>.</param>
/// <param name="Why">The rule that asked for it.</param>
public sealed record RepairRecord(string Field, string Before, string After, DateTime At, string Why);

/// <param name="Answer"><c>present</c>, <c>another-adult</c> or <c>cannot-come</c>.</param>
public sealed record AnswerRecord(Guid Child, Guid Carer, string Answer, DateTime At);

/// <param name="Participant">The first word of the name on the screen.</param>
/// <param name="Seat">Zoom's id of the registrant; null for a shared link.</param>
/// <param name="Leave">Null while they are in the meeting.</param>
public sealed record StayRecord(string Participant, string? Seat, DateTime Join, DateTime? Leave)
{
    internal static StayRecord FromStay(Stay stay) => new(
        stay.Name.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : "",
        stay.RegistrantId, stay.Join.UtcDateTime, stay.Leave?.UtcDateTime);
}

/// <param name="Result"><c>met</c>, <c>not-met</c>, <c>could-not-check</c> or <c>not-needed</c>.</param>
/// <param name="Certainty"><c>certain</c>, <c>likely</c> or <c>unsure</c>.</param>
public sealed record RuleResultRecord(string Rule, string Result, string Certainty);
