using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Presence;

namespace SessionGuard.Surfaces.Live;

/// <summary>Tells a page that shows a running class when there is something new to show. It carries no fact itself.</summary>
internal sealed class LiveChanges(IServiceScopeFactory scopes, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>A browser comes back by itself, and is then asked again who it is.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>How long nothing may be sent before proxies take the connection for dead.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);

    /// <param name="sessionId">A session that the caller may see.</param>
    public async IAsyncEnumerable<SseItem<string>> WatchAsync(Guid sessionId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(Look, clock);
        var until = clock.Now() + Longest;
        var (last, saidAt) = ("", clock.Now());
        do
        {
            var mark = await MarkAsync(sessionId, cancellation);
            var now = clock.Now();
            if (mark != last || now - saidAt >= Quiet)
            {
                yield return new SseItem<string>(mark, mark != last ? "changed" : "still");
                last = mark;
                saidAt = now;
            }
        }
        while (clock.Now() < until && await NextAsync(timer, ending.Token));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken cancellation)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Differs whenever something that the page shows has changed.</summary>
    private async Task<string> MarkAsync(Guid sessionId, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        var runs = db.Set<MeetingInstance>().Where(i => i.SessionId == sessionId).Select(i => i.Uuid);
        var counts = await db.Set<Session>().Where(s => s.Id == sessionId).Select(s => new
        {
            s.Version,
            Events = db.Set<ParticipantEvent>().Count(e => e.OrganisationId == s.OrganisationId && runs.Contains(e.InstanceUuid)),
            Answers = db.Set<Answer>().Count(a => a.SessionId == sessionId),
            Undone = db.Set<Answer>().Count(a => a.SessionId == sessionId && a.UndoneAt != null),
            CheckIns = db.Set<CheckIn>().Count(c => c.SessionId == sessionId),
            Attested = db.Set<Attestation>().Count(a => a.SessionId == sessionId),
            Matches = db.Set<RememberedMatch>().Count(m => m.SeriesId == s.SeriesId),
        }).SingleOrDefaultAsync(cancellation);
        return counts is null ? "" : $"{counts.Version}.{counts.Events}.{counts.Answers}.{counts.Undone}.{counts.CheckIns}.{counts.Attested}.{counts.Matches}";
    }
}
