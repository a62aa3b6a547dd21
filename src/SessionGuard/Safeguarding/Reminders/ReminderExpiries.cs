using Microsoft.Extensions.Options;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Retention;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Families;

namespace SessionGuard.Safeguarding.Reminders;

/// <summary>Who was asked is kept as long as what was answered.</summary>
internal sealed class ReminderExpiries(IOptions<AnswerRetentionOptions> keep, EndedSessions sessions) : IExpirySource
{
    public IEnumerable<Expiry> Expiries { get; } =
        [new Expiry<Ask>("asks", ExpiryStage.Evidence, 400, keep.Value.Answers, shelf => Asks(shelf, sessions.On(shelf)))];

    private static IQueryable<Ask> Asks(RetentionScope shelf, IQueryable<Session> ended) => shelf.Rows<Ask>().Where(a => ended.Any(s => s.Id == a.SessionId));
}
