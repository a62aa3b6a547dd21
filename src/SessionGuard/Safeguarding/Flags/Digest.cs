using System.Globalization;
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

namespace SessionGuard.Safeguarding.Flags;

/// <summary>
/// One mail in the morning to each person for whom flags wait, or who must know of a class that was called off yesterday or for today, with
/// their number and nothing else of them. Nobody is told of a class that they teach: the next in line is.
/// </summary>
internal sealed class Digest(
    SessionGuardDb db, ClassStaffReader staff, CalledOffClasses calledOff, Outbox outbox, OrganisationDirectory schools, IOptions<ServiceOptions> service,
    TimeProvider clock)
{
    public static readonly MailPurpose Purpose = MailPurpose.Declare("digest", "Somebody was not told in the morning what waits for them");

    /// <summary>In the school's own time.</summary>
    public static readonly TimeOnly Morning = new(7, 0);

    /// <summary>Queues what is due and plans the next morning, in one transaction: of two passes only one finds it due.</summary>
    public Task SendAsync(Guid schoolId, CancellationToken cancellation) => schools.ById(schoolId) is not { } school
        ? Task.CompletedTask // made on another node within the last minute
        : db.InTransactionAsync(
            async () =>
            {
                var now = clock.Now();
                var time = new LocalTime(school.TimeZone, now);
                var wasPlanned = await db.Set<Organisation>().AnyAsync(o => o.Id == school.Id && o.DigestDueAt != null, cancellation);
                var next = NextMorning(time);
                var turned = await db.Set<Organisation>().Where(o => o.Id == school.Id && (o.DigestDueAt == null || o.DigestDueAt <= now))
                    .ExecuteUpdateAsync(set => set.SetProperty(o => o.DigestDueAt, next), cancellation);
                if (turned == 1 && wasPlanned)
                {
                    await QueueAsync(school, time, cancellation);
                }

                return await db.SaveChangesAsync(cancellation);
            },
            cancellation);

    private static DateTimeOffset NextMorning(LocalTime time)
    {
        var today = time.At(time.Today, Morning);
        return today > time.Now ? today : time.At(time.Today.AddDays(1), Morning);
    }

    private async Task QueueAsync(KnownOrganisation school, LocalTime time, CancellationToken cancellation)
    {
        var waiting = await (
            from flag in db.Set<Flag>().AsNoTracking()
            join session in db.Set<Session>() on flag.SessionId equals session.Id
            where flag.OrganisationId == school.Id && Flag.WithLead.Contains(flag.Status)
            select new { Severity = (Severity?)flag.Severity, Session = session }).ToListAsync(cancellation);
        var off = await calledOff.GetCalledOffAsync(school.Id, time.GetStart(time.Today.AddDays(-1)), time.GetStart(time.Today.AddDays(1)), cancellation);
        waiting.AddRange(off.Select(session => new { Severity = (Severity?)null, Session = session }));
        var teachers = await staff.ReadStaffAsync([.. waiting.Select(w => w.Session).DistinctBy(s => s.Id)], cancellation);
        var holders = await db.Set<RoleHolder>().AsNoTracking().Where(h => h.OrganisationId == school.Id && h.To == null).ToListAsync(cancellation);
        var told = waiting.SelectMany(w => FlagRouting.For(Severity.Medium, holders, teachers[w.Session.Id]).Select(r => (r.Holder, w.Severity)));
        foreach (var ofHolder in told.GroupBy(t => t.Holder.Id))
        {
            await outbox.QueueAsync(LetterTo(school, ofHolder.First().Holder, [.. ofHolder.Select(t => t.Severity)], time.Today), cancellation);
        }
    }

    /// <param name="things">How grave each flag is; null for a class that was called off.</param>
    private Letter LetterTo(KnownOrganisation school, RoleHolder holder, List<Severity?> things, DateOnly today) => new()
    {
        OrganisationId = school.Id,
        SchoolName = school.Name,
        To = holder.Email,
        Purpose = Purpose,
        OnceKey = $"digest:{today.ToString("O", CultureInfo.InvariantCulture)}:{holder.Id}",
        Subject = Waits(things.Count),
        FirstLine = $"{Waits(things.Count)}.",
        Paragraphs = [Urgency(things.Count, things.Count(t => t is Severity.High or Severity.Critical)), .. Off(things.Count, things.Count(t => t is null))],
        Button = new LetterButton("Open SessionGuard", new Uri(new Uri(service.Value.PublicUrl), "/flags")),
        WhyYouGetThis = $"You get this because you are the school’s {holder.Duty.Title()}. It comes in the morning, and only when something waits.",
        Contact = FlagMail.InDanger,
    };

    private static string Urgency(int count, int urgent) =>
        urgent == 0 ? "Nothing of it is urgent." : urgent == count ? "Please look today." : $"{urgent} of them should be looked at today.";

    private static IEnumerable<string> Off(int count, int off) =>
        off == 0 ? [] : [off == count ? "It is about classes that were called off in Zoom." : $"{off} of them: classes that were called off in Zoom."];

    private static string Waits(int count) => count == 1 ? "One thing waits for you in SessionGuard" : $"{count} things wait for you in SessionGuard";
}
