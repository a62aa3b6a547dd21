using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Retention;
using SessionGuard.Safeguarding.Answers;

namespace SessionGuard.Safeguarding.Families;

internal sealed class FamilyExpiries(IOptions<AnswerRetentionOptions> keep, EndedSessions sessions) : IExpirySource
{
    public IEnumerable<Expiry> Expiries { get; } =
    [
        new Expiry<Answer>("answers", ExpiryStage.Evidence, 100, keep.Value.Answers, shelf => Answers(shelf, sessions.On(shelf))),
        new Expiry<CheckIn>("check-ins", ExpiryStage.Evidence, 200, keep.Value.Answers, shelf => CheckIns(shelf, sessions.On(shelf))),
        new Expiry<FamilyLink>("links to answer by", ExpiryStage.Evidence, 500, keep.Value.Answers, shelf => Links(shelf, sessions.On(shelf))),
    ];

    private static IQueryable<Answer> Answers(RetentionScope shelf, IQueryable<Session> ended) =>
        shelf.Rows<Answer>().Where(a => ended.Any(s => s.Id == a.SessionId));

    private static IQueryable<CheckIn> CheckIns(RetentionScope shelf, IQueryable<Session> ended) =>
        shelf.Rows<CheckIn>().Where(c => ended.Any(s => s.Id == c.SessionId));

    /// <summary>Those to join by and to stop reminders by are of no session, and stay good.</summary>
    private static IQueryable<FamilyLink> Links(RetentionScope shelf, IQueryable<Session> ended) =>
        shelf.Rows<FamilyLink>().Where(l => ended.Any(s => s.Id == l.SessionId));
}
