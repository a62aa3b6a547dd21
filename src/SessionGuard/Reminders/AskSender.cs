using Microsoft.EntityFrameworkCore;
using SessionGuard.Families;
using SessionGuard.Ledger;
using SessionGuard.Mail;
using SessionGuard.Organisations;
using SessionGuard.People;
using SessionGuard.Seats;
using SessionGuard.Sessions;
using SessionGuard.Storage;

namespace SessionGuard.Reminders;

/// <summary>Looks whether there is still something to ask, and if so puts one mail into the outbox, in one transaction.</summary>
internal sealed class AskSender(
    SessionGuardDb db, FamilyClasses classes, Rosters rosters, Answers answers, FamilyLinks links, Outbox outbox,
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

            var asked = await StillToAskAsync(ask, cancellation);
            var mailId = Guid.CreateVersion7(clock.Now());
            if (await SettleAsync(ask, asked is null ? null : mailId, cancellation) && asked is not null)
            {
                await QueueAsync(ask, asked, mailId, cancellation);
            }

            return await db.SaveChangesAsync(cancellation);
        },
        cancellation);

    /// <summary>Null: nothing is left to ask, or nobody to ask it of.</summary>
    private async Task<AskedFamily?> StillToAskAsync(Ask ask, CancellationToken cancellation)
    {
        var session = await db.Set<Session>().AsNoTracking().SingleAsync(s => s.Id == ask.SessionId, cancellation);
        if (session.Status is not SessionStatus.Scheduled || session.TimeVersion != ask.TimeVersion || session.Start <= clock.Now())
        {
            return null;
        }

        var carer = await db.Set<Person>().AsNoTracking().SingleAsync(p => p.Id == ask.CarerId, cancellation);
        if (!carer.HasUsableEmail || carer.LeftAt is not null || carer.RemindersStoppedAt is not null
            || await classes.OfAsync(carer.Id, session, cancellation) is not { } own)
        {
            return null;
        }

        var said = await answers.OfAsync(session.Id, cancellation);
        var open = own.Places.Where(p => p.MayBeContacted && StandingAnswer.Of(said[p.Child.Id], session.TimeVersion) is null).Select(p => p.Child).ToList();
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
        return await db.Set<Ask>().Where(a => a.Id == ask.Id && a.State == AskState.Waiting && a.LeasedUntil == ask.LeasedUntil).ExecuteUpdateAsync(
            set => set
                .SetProperty(a => a.State, mailId == null ? AskState.NotNeeded : AskState.Sent)
                .SetProperty(a => a.SentAt, mailId == null ? null : now)
                .SetProperty(a => a.MailId, mailId)
                .SetProperty(a => a.LeasedUntil, (DateTimeOffset?)null),
            cancellation) == 1;
    }

    private async Task QueueAsync(Ask ask, AskedFamily asked, Guid mailId, CancellationToken cancellation)
    {
        var (school, session) = (directory.ById(ask.OrganisationId)!, asked.Class.Session);
        var confirm = await links.ToConfirmAsync(asked.Carer, session, cancellation);
        confirm.MailId = mailId;
        var join = await links.ToJoinAsync(asked.Carer, session.SeriesId, cancellation);
        var stop = await links.ToStopRemindersAsync(asked.Carer, cancellation);
        var everyChild = (await rosters.OfAsync([session.SeriesId], cancellation))[session.SeriesId].Select(p => p.Child);
        var addresses = new FamilyAddresses(links.AddressOf(confirm), links.AddressOf(join), links.AddressOf(stop));
        var letter = AskLetter.Write(school, asked, everyChild, addresses, clock.Now());
        await outbox.QueueAsync(letter with { MailId = mailId, OnceKey = $"ask:{ask.Id}" }, cancellation);
        db.Record(new LedgerNote(
            ask.OrganisationId, clock.Now(), "service", "ask.sent", $"session:{session.Id}",
            new { ask = ask.Id, carer = ask.CarerId, stage = ask.Stage.ToString(), ask.TimeVersion, mail = mailId }));
    }
}
