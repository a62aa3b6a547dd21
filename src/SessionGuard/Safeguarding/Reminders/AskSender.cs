using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Families;
using SessionGuard.School.People;

namespace SessionGuard.Safeguarding.Reminders;

/// <summary>Looks whether there is still something to ask or to tell, and if so puts one mail into the outbox, in one transaction.</summary>
internal sealed class AskSender(
    SessionGuardDb db, FamilyClasses classes, Rosters rosters, AnswerRegister answers, FamilyLinks links, Outbox outbox,
    OrganisationDirectory directory, TimeProvider clock)
{
    /// <param name="ask">As it was claimed.</param>
    public Task SendAsync(Ask ask, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            if (!await db.Set<Ask>().AnyAsync(a => a.Id == ask.Id, cancellation))
            {
                return 0; // its session turned out never to have been a class
            }

            var reader = await StillToWriteToAsync(ask, cancellation);
            var mailId = Guid.CreateVersion7(clock.Now());
            if (await SettleAsync(ask, reader is null ? null : mailId, cancellation) && reader is not null)
            {
                await QueueAsync(ask, reader, mailId, cancellation);
            }

            return await db.SaveChangesAsync(cancellation);
        },
        cancellation);

    /// <summary>Null: nothing is left to say, or nobody to say it to.</summary>
    private async Task<Reader?> StillToWriteToAsync(Ask ask, CancellationToken cancellation)
    {
        var session = await db.Set<Session>().AsNoTracking().SingleAsync(s => s.Id == ask.SessionId, cancellation);
        if (session.Status is not SessionStatus.Scheduled || session.TimeVersion != ask.TimeVersion || session.Start <= clock.Now())
        {
            return null;
        }

        var reader = await db.Set<Person>().AsNoTracking().SingleAsync(p => p.Id == ask.CarerId, cancellation);
        return !reader.HasUsableEmail || reader.LeftAt is not null || reader.RemindersStoppedAt is not null ? null
            : reader.Kind is PersonKind.AdultStudent ? await StudentAsync(ask, reader, session, cancellation)
            : await FamilyAsync(reader, session, cancellation);
    }

    private async Task<ToldStudent?> StudentAsync(Ask ask, Person student, Session session, CancellationToken cancellation) =>
        await classes.OfStudentAsync(student.Id, session, cancellation) is not { } own ? null : new ToldStudent(own, student, HasMoved: await db.Set<Ask>()
            .AnyAsync(a => a.SessionId == session.Id && a.CarerId == student.Id && a.TimeVersion < ask.TimeVersion && a.State == AskState.Sent, cancellation));

    private async Task<AskedFamily?> FamilyAsync(Person carer, Session session, CancellationToken cancellation)
    {
        if (await classes.GetClassAsync(carer.Id, session, cancellation) is not { } own)
        {
            return null;
        }

        var said = await answers.GetAnswersAsync(session.Id, cancellation);
        var open = own.Places.Where(p => p.MayBeContacted && StandingAnswer.FindStanding(said[p.Child.Id], session.TimeVersion) is null).Select(p => p.Child).ToList();
        var before = open.SelectMany(c => said[c.Id])
            .Where(a => a.TimeVersion < session.TimeVersion && a.UndoneAt is null && a.Source is not AnswerSource.UnsurePress).MaxBy(a => (a.TimeVersion, a.At));
        return open.Count == 0 ? null : new AskedFamily(own, carer, open)
        {
            MovedFrom = before?.SessionStart != session.Start ? before?.SessionStart : null,
        };
    }

    /// <returns>False when somebody else has settled it, or has taken it over.</returns>
    private async Task<bool> SettleAsync(Ask ask, Guid? mailId, CancellationToken cancellation)
    {
        var now = clock.Now();
        return await Ask.ToSend.ReleaseAsync(
            Ask.ToSend.Held(db, ask),
            set => set
                .SetProperty(a => a.State, mailId == null ? AskState.NotNeeded : AskState.Sent)
                .SetProperty(a => a.SentAt, mailId == null ? null : now)
                .SetProperty(a => a.MailId, mailId),
            cancellation) == 1;
    }

    private async Task QueueAsync(Ask ask, Reader reader, Guid mailId, CancellationToken cancellation)
    {
        var school = directory.ById(ask.OrganisationId)!;
        var letter = reader switch
        {
            AskedFamily family => await LetterAsync(school, family, mailId, cancellation),
            ToldStudent student => await LetterAsync(school, student, cancellation),
            _ => throw new UnreachableException(),
        };
        await outbox.QueueAsync(letter with { MailId = mailId, OnceKey = $"ask:{ask.Id}" }, cancellation);
        db.Record(new LedgerNote(
            ask.OrganisationId, clock.Now(), LedgerName.Service, ReminderActions.Sent, LedgerName.Session(ask.SessionId),
            new { ask = ask.Id, carer = ask.CarerId, stage = ask.Stage.ToString(), ask.TimeVersion, mail = mailId }));
    }

    private async Task<Letter> LetterAsync(KnownOrganisation school, AskedFamily asked, Guid mailId, CancellationToken cancellation)
    {
        var session = asked.Class.Session;
        var confirm = await links.ToConfirmAsync(asked.Carer, session, cancellation);
        confirm.MailId = mailId;
        var join = await links.ToJoinAsync(asked.Carer, session.SeriesId, cancellation);
        var stop = await links.ToStopRemindersAsync(asked.Carer, cancellation);
        var addresses = new FamilyAddresses(links.GetAddress(confirm), links.GetAddress(join), links.GetAddress(stop));
        return AskLetter.Write(school, asked, await rosters.ChildrenOfAsync(session.SeriesId, cancellation), addresses, clock.Now());
    }

    private async Task<Letter> LetterAsync(KnownOrganisation school, ToldStudent told, CancellationToken cancellation)
    {
        var session = told.Class.Session;
        var join = await links.ToJoinAsync(told.Student, session.SeriesId, cancellation);
        var stop = await links.ToStopRemindersAsync(told.Student, cancellation);
        return StudentLetter.Write(
            school, told, await rosters.ChildrenOfAsync(session.SeriesId, cancellation), links.GetAddress(join), links.GetAddress(stop), clock.Now());
    }
}
