using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Retention;

/// <param name="Kind">As the ledger names it.</param>
/// <param name="Keep">How long it is kept.</param>
internal sealed record DueRows(string Kind, TimeSpan Keep, int Rows);

/// <summary>Deletes what one school no longer needs. Killed at any point and run again, it comes to the same end.</summary>
internal sealed partial class RetentionPass(
    SessionGuardDb db, Expiries expiries, TimeProvider clock, ILogger<RetentionPass> logger)
{
    /// <summary>Nobody waits for it, and the first pass over an old database has much to look through.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>What <see cref="RunAsync"/> would delete now, kind by kind.</summary>
    public async Task<IReadOnlyList<DueRows>> LookAsync(Guid school, DateTimeOffset now, CancellationToken cancellation)
    {
        db.Database.SetCommandTimeout(Patience);
        var due = new List<DueRows>();
        foreach (var expiry in expiries.All)
        {
            due.Add(new DueRows(expiry.Kind, expiry.Keep, await expiry.CountAsync(db, school, now, cancellation)));
        }

        return due;
    }

    /// <summary>Writes down how much goes, and then deletes it in small batches: nothing is ever deleted that the ledger does not tell of.</summary>
    /// <returns>What was due when it began.</returns>
    public async Task<IReadOnlyList<DueRows>> RunAsync(Guid school, CancellationToken cancellation)
    {
        var now = clock.Now();
        var due = (await LookAsync(school, now, cancellation)).ToList();
        var counts = due.Where(d => d.Rows > 0).ToDictionary(d => d.Kind, d => d.Rows);
        if (counts.Count == 0)
        {
            return due;
        }

        db.Record(new LedgerNote(school, now, LedgerName.Service, RetentionActions.Deletes, LedgerName.Organisation(school), counts));
        await db.SaveChangesAsync(cancellation);
        foreach (var expiry in expiries.All.Where(e => counts.ContainsKey(e.Kind)))
        {
            while (await expiry.PurgeAsync(db, school, now, cancellation))
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }

        await db.LeaveNoTraceAsync(cancellation);
        var rows = counts.Values.Sum();
        LogDeleted(school, rows);
        return due;
    }

    [LoggerMessage(EventId = 2101, Level = LogLevel.Information, Message = "Deleted {Rows} rows of organisation {Organisation} whose time had come.")]
    private partial void LogDeleted(Guid organisation, int rows);
}
