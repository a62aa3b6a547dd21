using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.School.People;
using SessionGuard.School.Staff;

namespace SessionGuard.Safeguarding.Families;

/// <summary>What the rules are told of what families said about classes: their answers beforehand, and their words at the join page.</summary>
internal sealed class FamilyEvidence(SessionGuardDb db)
{
    /// <summary>A fixed number of queries.</summary>
    public async Task<FamiliesAsEvidence> ReadAsync(IReadOnlyCollection<Guid> sessionIds, CancellationToken cancellation)
    {
        var answers = await db.Set<Answer>().AsNoTracking().Where(a => sessionIds.Contains(a.SessionId)).ToListAsync(cancellation);
        var checkIns = await (
            from checkIn in db.Set<CheckIn>().AsNoTracking()
            join carer in db.Set<Person>() on checkIn.CarerId equals carer.Id
            where sessionIds.Contains(checkIn.SessionId)
            select new CheckInOfCarer(checkIn, carer.Email)).ToListAsync(cancellation);
        return new FamiliesAsEvidence(answers.ToLookup(a => (a.SessionId, a.ChildId)), checkIns.ToLookup(c => c.CheckIn.SessionId));
    }
}

internal sealed record CheckInOfCarer(CheckIn CheckIn, string? Email);

/// <summary>What was read of a batch of classes.</summary>
internal sealed record FamiliesAsEvidence(ILookup<(Guid Session, Guid Child), Answer> Answers, ILookup<Guid, CheckInOfCarer> CheckIns)
{
    /// <summary>What stands of all that was said about one child.</summary>
    /// <param name="couldBeAsked">False: no adult of the child's could be reached, and silence is no answer of theirs.</param>
    public Promise FindPromise(Session session, Guid childId, bool couldBeAsked) =>
        StandingAnswer.FindStanding(Answers[(session.Id, childId)], session.TimeVersion)?.Kind switch
        {
            AnswerKind.Present or AnswerKind.AnotherAdult => Promise.AdultWillBeThere,
            AnswerKind.CannotCome => Promise.CannotCome,
            null => couldBeAsked ? Promise.None : Promise.CouldNotAsk,
        };

    /// <param name="teachers">The addresses of who teaches the class, normalised: nobody can do both.</param>
    public IReadOnlyList<CheckInEvidence> DescribeCheckIns(Session session, IReadOnlySet<string> teachers) =>
    [
        .. CheckIns[session.Id].Select(c => new CheckInEvidence(
            c.CheckIn.ChildId, c.CheckIn.OnSeatOfChildId, c.CheckIn.At, c.Email is { } email && teachers.Contains(StaffAccounts.Normalize(email)))),
    ];
}
