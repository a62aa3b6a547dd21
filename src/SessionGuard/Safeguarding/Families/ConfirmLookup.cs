using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Answers;

namespace SessionGuard.Safeguarding.Families;

/// <summary>What a carer's confirm link shows at this moment. Looking changes nothing.</summary>
internal sealed class ConfirmLookup(SessionGuardDb db, FamilyLinkLookup lookup, FamilyClasses classes, AnswerRegister answers, FamilyLinks links, TimeProvider clock)
{
    /// <returns>Null when the code opens nothing, or no longer: a link ends with its session, and with a carer's part in it.</returns>
    public async Task<ConfirmView?> LookAsync(string code, CancellationToken cancellation)
    {
        // A few short questions: one connection for all of them, and for no longer.
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            return await LookAroundAsync(code, cancellation);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private async Task<ConfirmView?> LookAroundAsync(string code, CancellationToken cancellation)
    {
        var now = clock.Now();
        if (await lookup.OpenAsync(code, LinkPurpose.Confirm, cancellation) is not { Link.SessionId: { } sessionId } visit
            || await classes.WithOthersAsync(visit.Carer.Id, sessionId, cancellation) is not { Own.Session: var session } around
            || now >= session.End + SessionPlan.Late)
        {
            return null;
        }

        var said = await answers.OfCarerAsync(session.Id, visit.Carer.Id, cancellation);
        List<ChildAnswer> children = [.. around.Own.Children.Select(c => ChildAnswer.FromAnswers(c, [.. said[c.Id]], session))];
        var state = GetState(session, now);
        // Whoever has not answered yet is asked first, and told how to join after.
        var join = state is ConfirmState.Begun || children.Exists(c => c.Standing is not null)
            ? await links.KnownJoinAddressAsync(visit.Carer.Id, session.SeriesId, cancellation)
            : null;
        return new ConfirmView(visit, around.Own, state, children, around.SameTime, join);
    }

    private static ConfirmState GetState(Session session, DateTimeOffset now) => session.Status switch
    {
        SessionStatus.Cancelled => ConfirmState.Cancelled,
        SessionStatus.Ended or SessionStatus.Unverified => ConfirmState.Over,
        SessionStatus.Live => ConfirmState.Begun,
        SessionStatus.Scheduled => now < session.Start ? ConfirmState.Open : now < session.End ? ConfirmState.Begun : ConfirmState.Over,
    };
}
