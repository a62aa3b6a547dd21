using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Safeguarding.Reminders;

/// <summary>Works out who is to be asked about the coming sessions, and asks those whose time has come.</summary>
internal sealed class SendRemindersJob(IServiceScopeFactory scopes, SessionGuardDb db, AskQueue queue, JobWaker waker, TimeProvider clock)
    : ILeasing
{
    private const int MostSessions = 1000;

    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = clock.Now();
        var sessions = await db.Set<Session>().Where(s => s.AsksDueAt <= now).OrderBy(s => s.AsksDueAt)
            .Select(s => new { s.Id, s.AsksDueAt }).Take(MostSessions).ToListAsync(cancellation);
        var failed = await EachAsync<AskPlanner, (Guid Id, DateTimeOffset DueAt)>(
            sessions.Select(s => (s.Id, s.AsksDueAt!.Value)), (planner, due) => planner.PlanAsync(due.Id, due.DueAt, cancellation));
        while (await queue.ClaimAsync(cancellation) is { Count: > 0 } claimed)
        {
            failed = await EachAsync<AskSender, Ask>(claimed, (sender, ask) => sender.SendAsync(ask, cancellation)) ?? failed;
            waker.Wake<SendMailJob>();
        }

        failed?.Throw();
    }

    public IQueryable<DateTimeOffset?> Leases => Ask.ToSend.Leases(db);

    public Task<int> CountAsync(CancellationToken cancellation) => queue.Due().CountAsync(cancellation);

    /// <summary>Each in a scope of its own. What fails is tried again after its lease, and does not keep the others waiting.</summary>
    private async Task<ExceptionDispatchInfo?> EachAsync<TService, TItem>(IEnumerable<TItem> items, Func<TService, TItem, Task> work)
        where TService : class
    {
        ExceptionDispatchInfo? failed = null;
        foreach (var item in items)
        {
            try
            {
                await using var scope = scopes.CreateServiceScope();
                await work(scope.ServiceProvider.GetRequiredService<TService>(), item);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failed = ExceptionDispatchInfo.Capture(failure);
            }
        }

        return failed;
    }
}
