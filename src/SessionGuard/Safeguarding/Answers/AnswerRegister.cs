using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.School.People;
using SessionGuard.School.Staff;

namespace SessionGuard.Safeguarding.Answers;

/// <summary>What somebody says about some children and one session.</summary>
/// <param name="OtherAdult">Only with <see cref="AnswerKind.AnotherAdult"/>.</param>
/// <param name="RecordedBy">The account that wrote a phone answer down; null otherwise.</param>
internal sealed record Said(AnswerKind Kind, string? OtherAdult, AnswerSource Source, DateTimeOffset At, Guid? RecordedBy = null)
{
    /// <summary>The longest name of another adult.</summary>
    public const int LongestName = 60;
}

/// <summary>Keeps answers. An answer is a row that is never changed: two carers who press at once both stand.</summary>
internal sealed class AnswerRegister(SessionGuardDb db, TimeProvider clock)
{
    private static readonly CompiledQuery<Func<SessionGuardDb, Guid, Guid, IAsyncEnumerable<Answer>>> OfCarer = new(() => EF.CompileAsyncQuery(
        (SessionGuardDb db, Guid sessionId, Guid carerId) =>
            db.Set<Answer>().AsNoTracking().TagWith(PreparedStatements.Often).Where(a => a.SessionId == sessionId && a.CarerId == carerId)));

    /// <summary>Everything said about a session, taken back or not, by child.</summary>
    public async Task<ILookup<Guid, Answer>> GetAnswersAsync(Guid sessionId, CancellationToken cancellation) =>
        (await db.Set<Answer>().AsNoTracking().Where(a => a.SessionId == sessionId).ToListAsync(cancellation)).ToLookup(a => a.ChildId);

    /// <summary>What one carer said about a session, taken back or not, by child.</summary>
    public async Task<ILookup<Guid, Answer>> OfCarerAsync(Guid sessionId, Guid carerId, CancellationToken cancellation) =>
        (await OfCarer.On(db)(db, sessionId, carerId).ToListAsync(cancellation)).ToLookup(a => a.ChildId);

    /// <summary>Saying again what one has said already changes nothing.</summary>
    /// <param name="children">The carer's own: the caller has looked.</param>
    public Task GiveAsync(Session session, Guid carerId, IReadOnlyCollection<Guid> children, Said said, CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () =>
            {
                var before = await OfCarerAsync(session.Id, carerId, cancellation);
                foreach (var child in children)
                {
                    Add(session, carerId, child, said, [.. before[child]]);
                }

                await JudgeSoonAsync(session.Id, cancellation);
                return await db.SaveChangesAsync(cancellation);
            },
            cancellation);

    /// <summary>Takes back all that the carer said of the session as it is planned now. The rows stay, and say when.</summary>
    public Task TakeBackAsync(Session session, Guid carerId, IReadOnlyCollection<Guid> children, CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () =>
            {
                var now = clock.Now();
                var standing = await db.Set<Answer>().Where(a =>
                    a.SessionId == session.Id && a.CarerId == carerId && a.TimeVersion == session.TimeVersion && a.UndoneAt == null
                    && children.Contains(a.ChildId)).ToListAsync(cancellation);
                foreach (var answer in standing)
                {
                    answer.UndoneAt = now;
                    Note(AnswerActions.Undone, answer, now);
                }

                await JudgeSoonAsync(session.Id, cancellation);
                return await db.SaveChangesAsync(cancellation);
            },
            cancellation);

    private void Add(Session session, Guid carerId, Guid child, Said said, IReadOnlyList<Answer> own)
    {
        var standing = StandingAnswer.FindStanding(own, session.TimeVersion);
        if (said.Source is not AnswerSource.UnsurePress && standing is not null
            && standing.Kind == said.Kind && standing.OtherAdult == said.OtherAdult)
        {
            return;
        }

        // Two presses in one millisecond keep their order: the later one is the one that is meant.
        var last = own.Count == 0 ? DateTimeOffset.MinValue : own.Max(a => a.At);
        var at = said.Source is AnswerSource.Phone || last < said.At ? said.At : last.AddMilliseconds(1);
        var answer = new Answer
        {
            Id = Guid.CreateVersion7(at),
            OrganisationId = session.OrganisationId,
            SessionId = session.Id,
            TimeVersion = session.TimeVersion,
            SessionStart = session.Start,
            ChildId = child,
            CarerId = carerId,
            Kind = said.Kind,
            OtherAdult = said.OtherAdult,
            Source = said.Source,
            RecordedBy = said.RecordedBy,
            At = at,
        };
        db.Add(answer);
        Note(AnswerActions.Given, answer, clock.Now());
    }

    private void Note(LedgerAction action, Answer answer, DateTimeOffset now) => db.Record(new LedgerNote(
        answer.OrganisationId, now, answer.RecordedBy is { } account ? LedgerName.Account(account) : LedgerName.Carer(answer.CarerId), action, LedgerName.Session(answer.SessionId),
        new { answer = answer.Id, child = answer.ChildId, carer = answer.CarerId, kind = answer.Kind.ToString(), source = answer.Source.ToString(), answer.TimeVersion }));

    private async Task JudgeSoonAsync(Guid sessionId, CancellationToken cancellation)
    {
        var now = clock.Now();
        await db.Set<Session>().Where(s => s.Id == sessionId).ExecuteUpdateAsync(set => set.SetProperty(s => s.JudgeDueAt, now), cancellation);
    }
}
