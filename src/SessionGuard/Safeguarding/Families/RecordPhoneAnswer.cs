using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Text;
using SessionGuard.Safeguarding.Answers;

namespace SessionGuard.Safeguarding.Families;

/// <summary>A carer rang, and a member of staff writes down what they said.</summary>
/// <param name="CarerId">Who rang.</param>
/// <param name="RangAt">When; at the latest when the class began.</param>
internal sealed record PhoneAnswer(
    Guid SessionId, Guid ChildId, Guid CarerId, AnswerKind Kind, string? OtherAdult, DateTimeOffset RangAt, Guid AccountId);

internal enum PhoneAnswerResult
{
    Recorded,

    /// <summary>There is no such session, or the child does not come to it, or the caller does not answer for the child.</summary>
    NotTheirs,

    /// <summary>The class is cancelled.</summary>
    Cancelled,

    /// <summary>The call lies ahead of now, or after the start: then the class itself is what counts.</summary>
    WrongTime,

    /// <summary>Another adult needs a name of at most <see cref="Said.LongestName"/> characters.</summary>
    NameNeeded,
}

internal sealed class RecordPhoneAnswer(SessionGuardDb db, FamilyClasses classes, AnswerRegister answers, TimeProvider clock)
{
    public async Task<PhoneAnswerResult> HandleAsync(PhoneAnswer call, CancellationToken cancellation)
    {
        var session = await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == call.SessionId, cancellation);
        if (session is null || await classes.GetClassAsync(call.CarerId, session, cancellation) is not { } own || own.Children.All(c => c.Id != call.ChildId))
        {
            return PhoneAnswerResult.NotTheirs;
        }

        var name = call.Kind is AnswerKind.AnotherAdult ? SingleLine.ToSingleLine(call.OtherAdult ?? "") : null;
        var fault = session.Status is SessionStatus.Cancelled ? PhoneAnswerResult.Cancelled
            : call.RangAt > clock.Now() || call.RangAt >= session.Start ? PhoneAnswerResult.WrongTime
            : name is { Length: 0 or > Said.LongestName } ? PhoneAnswerResult.NameNeeded
            : PhoneAnswerResult.Recorded;
        if (fault is PhoneAnswerResult.Recorded)
        {
            var said = new Said(call.Kind, name, AnswerSource.Phone, call.RangAt, call.AccountId);
            await answers.GiveAsync(session, call.CarerId, [call.ChildId], said, cancellation);
        }

        return fault;
    }
}
