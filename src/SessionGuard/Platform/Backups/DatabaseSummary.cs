using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Ledger;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Platform.Backups;

/// <param name="Hash">Of the last entry that holds. Kept apart from the backup, it later proves that nothing before it was rewritten.</param>
/// <param name="Holds">Whether the whole chain does.</param>
internal sealed record LedgerEnd(string Organisation, long Entries, string Hash, bool Holds);

/// <summary>What a database holds: how many rows in all, and how each ledger ends.</summary>
internal sealed record DatabaseSummary(long Rows, IReadOnlyList<LedgerEnd> Ledgers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public bool Holds => Ledgers.All(ledger => ledger.Holds);

    public static async Task<DatabaseSummary> SummarizeAsync(SessionGuardDb db, CancellationToken cancellation)
    {
        db.Database.SetCommandTimeout(Patience);
        var slugs = await db.Set<Organisation>().ToDictionaryAsync(o => o.Id, o => o.Slug, cancellation);
        var verifier = new LedgerVerifier(db);
        var ledgers = new List<LedgerEnd>();
        foreach (var chain in await verifier.ChainsAsync(cancellation))
        {
            var verdict = await verifier.VerifyAsync(chain, cancellation);
            ledgers.Add(new LedgerEnd(
                slugs.GetValueOrDefault(chain) ?? chain.ToString(), verdict.Entries, Convert.ToHexStringLower(verdict.Hash), verdict.Holds));
        }

        return new DatabaseSummary(await RowsAsync(db, cancellation), ledgers);
    }

    private static async Task<long> RowsAsync(SessionGuardDb db, CancellationToken cancellation)
    {
        var rows = 0L;
        foreach (var table in db.Model.GetEntityTypes().Select(t => t.GetTableName()).OfType<string>().Distinct())
        {
            var count = $"SELECT COUNT(*) AS \"Value\" FROM \"{table}\"";
            rows += (await db.Database.SqlQueryRaw<long>(count).ToListAsync(cancellation)).Single();
        }

        return rows;
    }
}
