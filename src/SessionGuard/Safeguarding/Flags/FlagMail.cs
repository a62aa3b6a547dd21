using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Platform.Text;
using SessionGuard.Rules;
using SessionGuard.School.Staff;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>
/// Tells people that something waits for them. A mailbox is no safe place: what it is about stands on the page that the mail leads to.
/// </summary>
internal sealed class FlagMail(SessionGuardDb db, Outbox outbox, OrganisationDirectory schools, IOptions<ServiceOptions> service)
{
    public static readonly MailPurpose Purpose = MailPurpose.Declare("flag", "Somebody was not told of a flag");

    public const string InDanger = "If a child may be in danger now, ring 999 first.";

    /// <summary>One mail for each person and session, and one more for each flag that is critical. The caller saves.</summary>
    public async Task TellAsync(IReadOnlyList<(Flag Flag, SessionFile File)> toTell, DateTimeOffset now, CancellationToken cancellation)
    {
        if (toTell.Count == 0)
        {
            return;
        }

        var organisations = toTell.Select(t => t.Flag.OrganisationId).Distinct().ToList();
        var holders = (await db.Set<RoleHolder>().AsNoTracking().Where(h => organisations.Contains(h.OrganisationId) && h.To == null)
            .ToListAsync(cancellation)).ToLookup(h => h.OrganisationId);
        foreach (var (flag, file) in toTell.OrderByDescending(t => t.Flag.Severity))
        {
            await TellAsync(flag, file.Session.Start, file.Staff, [.. holders[flag.OrganisationId]], now, cancellation);
        }
    }

    /// <param name="start">When the class begins or began.</param>
    public async Task TellAsync(
        Flag flag, DateTimeOffset start, ClassStaff staff, IReadOnlyCollection<RoleHolder> holders, DateTimeOffset now, CancellationToken cancellation)
    {
        if (flag is { Status: FlagStatus.WithTeacher, TeacherUntil: { } until })
        {
            await AskTeacherAsync(flag, start, until, staff, now, cancellation);
        }
        else if (flag is { Status: FlagStatus.Open or FlagStatus.Explained, Severity: Severity.High or Severity.Critical })
        {
            await AlarmAsync(flag, staff, holders, now, cancellation);
        }
    }

    private async Task AskTeacherAsync(
        Flag flag, DateTimeOffset start, DateTimeOffset until, ClassStaff staff, DateTimeOffset now, CancellationToken cancellation)
    {
        if (staff.Emails is [var teacher, ..] && schools.ById(flag.OrganisationId) is { } school)
        {
            var time = new LocalTime(school.TimeZone, now);
            await outbox.QueueAsync(LetterTo(teacher, school, flag) with
            {
                OnceKey = $"flag-teacher:{flag.SessionId}",
                Subject = $"Your class on {time.Day(start)}, {time.Time(start)}: one question",
                FirstLine = "Please look at one thing in this class, and tell us in a line how it was.",
                Paragraphs = [$"Until {time.Full(until)} it is yours to explain. After that the safeguarding lead is asked."],
                Button = new LetterButton("Open the class", new Uri(new Uri(service.Value.PublicUrl), $"/sessions/{flag.SessionId}#flag-{flag.Id}")), // the desk is the lead's
                WhyYouGetThis = "You get this because you teach this class.",
            }, cancellation);
        }
    }

    private async Task AlarmAsync(Flag flag, ClassStaff staff, IReadOnlyCollection<RoleHolder> holders, DateTimeOffset now, CancellationToken cancellation)
    {
        var recipients = FlagRouting.For(flag.Severity, holders, staff);
        if (recipients.Count == 0 || schools.ById(flag.OrganisationId) is not { } school)
        {
            db.Record(new LedgerNote(
                flag.OrganisationId, now, LedgerName.Service, FlagActions.NobodyToTell, LedgerName.Flag(flag.Id), new { flag.SessionId, flag.Rule }));
            return;
        }

        var isCritical = flag.Severity is Severity.Critical;
        foreach (var (holder, insteadOfLead) in recipients)
        {
            await outbox.QueueAsync(LetterTo(holder.Email, school, flag) with
            {
                OnceKey = isCritical ? $"flag-critical:{flag.Id}:{flag.RaisedAt.ToUnixTimeMilliseconds()}:{holder.Id}" : $"flag-high:{flag.SessionId}:{holder.Id}",
                Subject = "Something in SessionGuard needs you",
                FirstLine = isCritical ? "Please look at it now." : "Please look at it today.",
                Paragraphs = insteadOfLead ? ["It comes to you because the safeguarding lead teaches the class that it is about."] : [],
                WhyYouGetThis = $"You get this because you are the school’s {holder.Duty.Title()}.",
            }, cancellation);
        }
    }

    private Letter LetterTo(string address, KnownOrganisation school, Flag flag) => new()
    {
        OrganisationId = school.Id,
        SchoolName = school.Name,
        To = address,
        Purpose = Purpose,
        Subject = "",
        FirstLine = "",
        Button = new LetterButton("Open it in SessionGuard", new Uri(new Uri(service.Value.PublicUrl), $"/flags/{flag.Id}")),
        WhyYouGetThis = "",
        Contact = InDanger,
    };
}
