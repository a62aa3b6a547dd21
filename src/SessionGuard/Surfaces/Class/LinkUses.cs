using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Families;
using SessionGuard.Safeguarding.Reminders;
using SessionGuard.School.People;

namespace SessionGuard.Surfaces.Class;

/// <summary>That somebody was written to about a class, or that somebody pressed something by their link: whose link it was is known, who held it is not.</summary>
internal sealed record LinkUse(DateTimeOffset At, string Sentence);

/// <param name="IsCut">True: there was more, earlier.</param>
internal sealed record LinkUsePage(IReadOnlyList<LinkUse> Newest, bool IsCut);

/// <summary>
/// Every press on families' pages about one class, taken back or a machine's too, so that staff see it when a link was passed on. Opening
/// a page is no use of it: mail scanners open them all, and it changes nothing.
/// </summary>
internal sealed class LinkUses(SessionGuardDb db)
{
    /// <summary>A class has some dozen families, each with a handful of presses.</summary>
    public const int Most = 100;

    /// <param name="session">One that the viewer may see.</param>
    public async Task<LinkUsePage> GetUsesAsync(Session session, CancellationToken cancellation)
    {
        var uses = await FactsAsync(session, cancellation);
        var newest = uses.OrderByDescending(f => f.At).Take(Most).ToList();
        var ids = newest.SelectMany(f => (Guid?[])[f.Of, f.Child]).OfType<Guid>().Distinct().ToList();
        var names = await db.Set<Person>().AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.FirstName, cancellation);
        string GetName(Guid? id) => id is { } known && names.TryGetValue(known, out var name) ? name : "somebody";
        return new LinkUsePage([.. newest.Select(f => new LinkUse(f.At, f.Say(GetName(f.Of), GetName(f.Child))))], uses.Count > newest.Count);
    }

    private async Task<List<Fact>> FactsAsync(Session session, CancellationToken cancellation)
    {
        var sessionId = session.Id;
        var answers = await db.Set<Answer>().AsNoTracking().Where(a => a.SessionId == sessionId && a.Source != AnswerSource.Phone)
            .OrderByDescending(a => a.At).Take(Most + 1).ToListAsync(cancellation);
        var here = await db.Set<CheckIn>().AsNoTracking().Where(c => c.SessionId == sessionId)
            .OrderByDescending(c => c.At).Take(Most + 1).ToListAsync(cancellation);
        var asks = await db.Set<Ask>().AsNoTracking().Where(a => a.SessionId == sessionId && a.SentAt != null)
            .OrderByDescending(a => a.SentAt).Take(Most + 1).ToListAsync(cancellation);
        var disowned = await db.Set<FamilyLink>().AsNoTracking().Where(l => l.SessionId == sessionId && l.CancelledAt != null)
            .OrderByDescending(l => l.CancelledAt).Take(Most + 1).ToListAsync(cancellation);
        var (subject, wentOn) = (LedgerName.Session(sessionId), FamilyActions.WentOn.Word);
        var passed = await db.Set<LedgerEntry>().AsNoTracking().Where(e => e.OrganisationId == session.OrganisationId && e.Subject == subject && e.Action == wentOn)
            .OrderByDescending(e => e.Sequence).Take(Most + 1).ToListAsync(cancellation);
        return
        [
            .. answers.Select(a => new Fact(a.At, a.CarerId, a.ChildId, (link, child) => $"{link}’s link: {GetWords(a, child)}.")),
            .. answers.Where(a => a.UndoneAt is not null)
                .Select(a => new Fact(a.UndoneAt!.Value, a.CarerId, a.ChildId, (link, child) => $"{link}’s link: took back what was said about {child}.")),
            .. here.Select(c => new Fact(c.At, c.CarerId, c.ChildId, (link, child) => $"{link}’s link: “I am with {child} now”, and on to Zoom.")),
            .. passed.Select(e => new Fact(e.At, LedgerName.GetCarer(e.Actor), null, (link, _) => $"{link}’s link: on to Zoom, without a word about who is there.")),
            .. asks.Select(a => new Fact(a.SentAt!.Value, a.CarerId, null, (link, _) => $"We wrote to {link}.")),
            .. disowned.Select(l => new Fact(l.CancelledAt!.Value, l.CarerId, null, (link, _) => $"{link}’s link: “This is not for me”. It opens nothing any more.")),
        ];
    }

    private static string GetWords(Answer answer, string child) => answer switch
    {
        { Source: AnswerSource.UnsurePress } => $"pressed right after our mail by what looked like a mail scanner; it did not count for {child}",
        { Kind: AnswerKind.Present } => $"“I will be there” for {child}",
        { Kind: AnswerKind.AnotherAdult } => $"“{answer.OtherAdult} will be there” for {child}",
        { Kind: AnswerKind.CannotCome } => $"“We cannot come” for {child}",
    };

    private sealed record Fact(DateTimeOffset At, Guid? Of, Guid? Child, Func<string, string, string> Say);
}
