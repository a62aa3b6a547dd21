using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.RestoreHold;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Platform.Backups;

/// <summary>Puts a backup in the place of the database, checks it, writes that down in it, and leaves it held.</summary>
internal sealed class RestoreBackup(SqliteRestore sqlite, PostgresRestore postgres, IOptions<StorageOptions> storage, TimeProvider clock)
{
    /// <param name="replace">Give up what the database holds now.</param>
    /// <returns>What was restored, before the record of the restoring was added. Its ledgers may not hold: evidence is restored all the same.</returns>
    /// <exception cref="StartException">Nothing was changed; the message says why.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Nothing was changed: it was sealed under another master key.</exception>
    public async Task<DatabaseSummary> HandleAsync(string file, bool replace, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(file);
        if (!File.Exists(path))
        {
            throw new StartException($"There is no file {path}.");
        }

        return storage.Value.Engine switch
        {
            StorageEngine.Sqlite => await sqlite.RestoreAsync(path, replace, HoldAsync, cancellation),
            StorageEngine.PostgreSql => await postgres.RestoreAsync(path, replace, HoldAsync, cancellation),
        };
    }

    /// <exception cref="StartException">The backup has schema changes that this program does not know.</exception>
    public static void RefuseUnknown(SessionGuardDb db, IEnumerable<string> migrations)
    {
        if (SchemaHistory.Refuse("The backup", [.. db.Database.GetMigrations()], migrations, "Restore it with the newer program.") is { } refusal)
        {
            throw new StartException(refusal);
        }
    }

    /// <summary>The hold and its record are in the database before anybody can be served from it.</summary>
    private async Task<DatabaseSummary> HoldAsync(SessionGuardDb db, CancellationToken cancellation)
    {
        var stock = await DatabaseSummary.SummarizeAsync(db, cancellation);
        var now = clock.Now();
        db.Add(new Restoration { Id = Guid.CreateVersion7(now), RestoredAt = now });
        var ends = stock.Ledgers.ToDictionary(l => l.Organisation);
        foreach (var school in await db.Set<Organisation>().AsNoTracking().ToListAsync(cancellation))
        {
            var end = ends.GetValueOrDefault(school.Slug);
            db.Record(new LedgerNote(
                school.Id, now, LedgerName.Operator, BackupActions.Restored, LedgerName.Organisation(school.Id),
                new { entries = end?.Entries ?? 0, end?.Hash, end?.Holds }));
        }

        await db.SaveChangesAsync(cancellation);
        return stock;
    }
}
