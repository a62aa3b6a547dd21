using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Retention;
using SessionGuard.Safeguarding.Answers;

namespace SessionGuard.Safeguarding.Presence;

internal sealed class AttendanceRetentionOptions
{
    /// <summary>Who came and went, from the end of the class. 90 days to 100 years; default 3 years.</summary>
    [Range(typeof(TimeSpan), "90.00:00:00", KeepFor.AtMost)]
    public TimeSpan Attendance { get; init; } = TimeSpan.FromDays(1096);
}

/// <summary>What a teacher attests stands beside what families say, and is kept as long.</summary>
internal sealed class PresenceExpiries(
    IOptions<AttendanceRetentionOptions> keep, IOptions<AnswerRetentionOptions> answers, EndedSessions sessions) : IExpirySource
{
    public IEnumerable<Expiry> Expiries { get; } =
    [
        new Expiry<Attestation>("attestations", ExpiryStage.Evidence, 300, answers.Value.Answers, shelf => Attestations(shelf, sessions.On(shelf))),
        new Expiry<ParticipantEvent>("attendance", ExpiryStage.Evidence, 700, keep.Value.Attendance, shelf => Attendance(shelf, sessions.On(shelf))),
    ];

    private static IQueryable<Attestation> Attestations(RetentionScope shelf, IQueryable<Session> ended) =>
        shelf.Rows<Attestation>().Where(a => ended.Any(s => s.Id == a.SessionId));

    /// <summary>An event of a run that never became a session's goes by its own time.</summary>
    private static IQueryable<ParticipantEvent> Attendance(RetentionScope shelf, IQueryable<Session> ended)
    {
        var runs = shelf.Db.Set<MeetingInstance>().Where(i => i.OrganisationId == shelf.School && i.SessionId != null);
        return shelf.Rows<ParticipantEvent>().Where(e => e.At < shelf.Before && (
            runs.Any(i => i.Uuid == e.InstanceUuid && ended.Any(s => s.Id == i.SessionId)) || !runs.Any(i => i.Uuid == e.InstanceUuid)));
    }
}
