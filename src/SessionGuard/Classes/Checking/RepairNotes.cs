using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Platform.Text;
using SessionGuard.Rules;
using SessionGuard.School.Staff;

namespace SessionGuard.Classes.Checking;

/// <summary>
/// Tells the teacher in plain words what was changed in their meeting, and what only they can change. A topic may hold a child's name,
/// so a mail names the class by its day and time.
/// </summary>
internal sealed class RepairNotes(SessionGuardDb db, Outbox outbox, TimeProvider clock, IOptions<ServiceOptions> service)
{
    public static readonly MailPurpose Purpose = MailPurpose.Declare("repair-note", "A teacher was not told of a meeting’s settings");

    private const string WhyTeachersGetThis = "You get this because you are the host of this class in Zoom.";

    /// <summary>One note for all that was put right together.</summary>
    public async Task RepairedAsync(Check check, IReadOnlyList<Repair> held, CancellationToken cancellation)
    {
        if (held.Count > 0 && GetNext(check) is { } session)
        {
            await SendAsync(check, session, $"repaired:{held[0].Id}", "we put something right",
                string.Join(' ', held.Select(RepairWords.Sentence)),
                ["You do not need to do anything. Families keep the same address for the class."], cancellation);
        }
    }

    /// <summary>One note for each thing that we leave to a person, and once only.</summary>
    public async Task LeftUndoneAsync(Check check, IReadOnlyList<PlannedRepair> plan, MeetingSettings settings, CancellationToken cancellation)
    {
        if (GetNext(check) is not { } session)
        {
            return;
        }

        foreach (var left in plan.Where(p => p.Decision is not RepairDecision.Repair))
        {
            var why = left.Decision is RepairDecision.LeaveToPeople
                ? "We switched it back twice, and it was changed by hand each time. We leave it to you now."
                : "We asked Zoom several times, and it did not take the change. A rule of the school’s Zoom account may be in the way.";
            await SendAsync(check, session, $"left:{check.Meeting.Id}:{left.Mending.Field}:{left.Decision}", "please look at one setting",
                left.Rule.TeachersToDo, [left.Rule.Judge(settings).Why, why], cancellation);
        }

        foreach (var (rule, mending) in RepairPlan.ForTeacher(settings))
        {
            await SendAsync(
                check, session, $"left:{check.Meeting.Id}:{mending.MailKey}", mending.Subject, rule.TeachersToDo, [mending.Reason], cancellation);
        }
    }

    private Session? GetNext(Check check) => check.File.Ahead(clock.Now()).MinBy(s => s.Start);

    private async Task SendAsync(
        Check check, Session session, string onceKey, string what, string firstLine, IReadOnlyList<string> paragraphs, CancellationToken cancellation)
    {
        var school = check.School;
        if (await TeacherAsync(check, cancellation) is not { } to)
        {
            return;
        }

        var time = new LocalTime(school.TimeZone, clock.Now());
        await outbox.QueueAsync(new Letter
        {
            OrganisationId = school.Id,
            SchoolName = school.Name,
            To = to,
            Purpose = Purpose,
            OnceKey = onceKey,
            Subject = $"Your class on {time.Day(session.Start)}, {time.Time(session.Start)}: {what}",
            FirstLine = firstLine,
            Paragraphs = paragraphs,
            Button = new LetterButton("Open the class", new Uri(new Uri(service.Value.PublicUrl), $"/sessions/{session.Id}")),
            WhyYouGetThis = WhyTeachersGetThis,
            Contact = school.Lead switch
            {
                null => "Not sure? Ask the school.",
                { Phone: null } lead => $"Not sure? Ask {lead.Name}.",
                { } lead => $"Not sure? Ring {lead.Name} on {lead.Phone}.",
            },
        }, cancellation);
    }

    /// <summary>Null when Zoom has not told who hosts the meeting; the session's page shows it all the same.</summary>
    private async Task<string?> TeacherAsync(Check check, CancellationToken cancellation)
    {
        var host = check.Meeting.HostZoomId;
        return db.Set<ZoomHost>().Local.FirstOrDefault(h => h.OrganisationId == check.School.Id && h.ZoomId == host)?.Email
            ?? await db.Set<ZoomHost>().AsNoTracking().Where(h => h.OrganisationId == check.School.Id && h.ZoomId == host)
                .Select(h => h.Email).FirstOrDefaultAsync(cancellation);
    }
}
