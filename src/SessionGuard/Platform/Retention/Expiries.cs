using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Mail;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Families;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Safeguarding.Reminders;
using SessionGuard.School.Staff;
using SessionGuard.Zoom.Client;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Platform.Retention;

/// <summary>
/// Everything that is deleted by itself, in its order: evidence before the flags that it belongs to, so that what a flag rested on goes
/// the night after the flag did. The ledger, sessions and their runs stay: they name nobody. So does what waits, and what became a concern.
/// </summary>
internal sealed class Expiries(IOptions<RetentionOptions> options)
{
    public IReadOnlyList<Expiry> All { get; } = [.. Passing(options.Value), .. OfSessions(options.Value), .. OfFlags(options.Value)];

    private static IEnumerable<Expiry> Passing(RetentionOptions keep) =>
    [
        new Expiry<InboxMessage>("deliveries", keep.Deliveries, Deliveries),
        new Expiry<OutboxMessage>("mail texts", keep.MailTexts, MailTexts, EmptyAsync),
        new Expiry<SignInLink>("sign-in links", keep.SignInLinks, shelf => shelf.Rows<SignInLink>().Where(l => l.ExpiresAt < shelf.Before)),
        new Expiry<HostBudget>("counters of changes", keep.JobRecords, shelf => shelf.Rows<HostBudget>().Where(b => b.Day < shelf.Day), areFew: true),
        new Expiry<SettingsSnapshot>("settings", keep.Settings, Settings),
    ];

    private static IEnumerable<Expiry> OfSessions(RetentionOptions keep) =>
    [
        new Expiry<Answer>("answers", keep.Answers, shelf => shelf.Rows<Answer>().Where(a => shelf.Sessions.Any(s => s.Id == a.SessionId))),
        new Expiry<CheckIn>("check-ins", keep.Answers, shelf => shelf.Rows<CheckIn>().Where(c => shelf.Sessions.Any(s => s.Id == c.SessionId))),
        new Expiry<Attestation>(
            "attestations", keep.Answers, shelf => shelf.Rows<Attestation>().Where(a => shelf.Sessions.Any(s => s.Id == a.SessionId))),
        new Expiry<Ask>("asks", keep.Answers, shelf => shelf.Rows<Ask>().Where(a => shelf.Sessions.Any(s => s.Id == a.SessionId))),
        new Expiry<FamilyLink>("links to answer by", keep.Answers, shelf => shelf.Rows<FamilyLink>().Where(l => shelf.Sessions.Any(s => s.Id == l.SessionId))),
        new Expiry<RuleRecord>("rule results", keep.RuleResults, shelf => shelf.Rows<RuleRecord>().Where(r => shelf.Sessions.Any(s => s.Id == r.SessionId))),
        new Expiry<ParticipantEvent>("attendance", keep.Attendance, Attendance),
    ];

    private static IEnumerable<Expiry> OfFlags(RetentionOptions keep) =>
    [
        new Expiry<Flag>("dismissed flags", keep.DismissedFlags, shelf => Decided(shelf)
            .Where(f => f.Status == FlagStatus.Dismissed || (f.Status == FlagStatus.Closed && f.Reason == CloseReason.EvidenceChanged))),
        new Expiry<Flag>("settled flags", keep.SettledFlags, shelf => Decided(shelf)
            .Where(f => (f.Status == FlagStatus.Closed && f.Reason != CloseReason.EvidenceChanged)
                || (f.Status == FlagStatus.Accepted && f.AcceptedUntil < shelf.Day))),
    ];

    /// <summary>Ids grow with the time of arrival, so that the primary key finds the old ones; no other index is kept for it.</summary>
    private static IQueryable<InboxMessage> Deliveries(RetentionScope shelf)
    {
        var end = Guid.CreateVersion7(shelf.Before.AddMilliseconds(1));
        return shelf.Rows<InboxMessage>().Where(m =>
            m.Id.CompareTo(end) < 0 && m.ReceivedAt < shelf.Before && m.State != InboxState.Pending
            && !shelf.Holds.Any(h => h.DeliveriesFrom <= m.ReceivedAt && m.ReceivedAt <= h.DeliveriesUntil));
    }

    private static IQueryable<OutboxMessage> MailTexts(RetentionScope shelf) => shelf.Rows<OutboxMessage>().Where(m =>
        m.State != OutboxState.Waiting && m.SealedText != null && (m.SentAt < shelf.Before || (m.SentAt == null && m.CreatedAt < shelf.Before)));

    /// <summary>The row itself stays: it is what keeps the same mail from being written again.</summary>
    private static Task<int> EmptyAsync(IQueryable<OutboxMessage> mails, CancellationToken cancellation) => mails.ExecuteUpdateAsync(
        set => set.SetProperty(m => m.To, "").SetProperty(m => m.Subject, "").SetProperty(m => m.SealedText, (string?)null).SetProperty(m => m.SealedHtml, (string?)null)
            .SetProperty(m => m.SealedCalendar, (string?)null).SetProperty(m => m.SealedStopAddress, (string?)null),
        cancellation);

    /// <summary>What was in force at that instant stays: it is what the sessions since then are judged by.</summary>
    private static IQueryable<SettingsSnapshot> Settings(RetentionScope shelf) => shelf.Rows<SettingsSnapshot>().Where(s =>
        shelf.Db.Set<SettingsSnapshot>().Any(later => later.MeetingId == s.MeetingId && later.TakenAt > s.TakenAt && later.TakenAt < shelf.Before)
        && !shelf.Db.Set<Session>().Any(session => session.MeetingId == s.MeetingId
            && (shelf.Db.Set<Flag>().Any(f => f.SessionId == session.Id) || shelf.Holds.Any(h => h.SessionId == session.Id))));

    /// <summary>An event of a run that never became a session's goes by its own time.</summary>
    private static IQueryable<ParticipantEvent> Attendance(RetentionScope shelf)
    {
        var runs = shelf.Db.Set<MeetingInstance>().Where(i => i.OrganisationId == shelf.School && i.SessionId != null);
        return shelf.Rows<ParticipantEvent>().Where(e => e.At < shelf.Before && (
            runs.Any(i => i.Uuid == e.InstanceUuid && shelf.Sessions.Any(s => s.Id == i.SessionId)) || !runs.Any(i => i.Uuid == e.InstanceUuid)));
    }

    /// <summary>Flags decided before then, where nothing of the same session is open, a concern, or held.</summary>
    private static IQueryable<Flag> Decided(RetentionScope shelf) => shelf.Rows<Flag>().Where(f =>
        (f.DecidedAt < shelf.Before || (f.DecidedAt == null && f.RaisedAt < shelf.Before))
        && !shelf.Holds.Any(h => h.SessionId == f.SessionId)
        && !shelf.Db.Set<Flag>().Any(other => other.SessionId == f.SessionId
            && (Flag.Undecided.Contains(other.Status) || other.Status == FlagStatus.Concern)));
}
