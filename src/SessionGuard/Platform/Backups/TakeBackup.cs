using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Backups;

/// <param name="MasterKeyFile">What the backup does not have in it, and cannot be used without.</param>
internal sealed record BackupReport(string File, long Bytes, long Rows, IReadOnlyList<LedgerEnd> Ledgers, string MasterKeyFile);

/// <summary>Writes the database into one file, as it stands at one instant, while the service goes on.</summary>
internal sealed class TakeBackup(
    SessionGuardDb db, SqliteConnections sqlite, SqliteFiles files, PostgresPrograms postgres, IEnumerable<ISchemaPart> parts, MasterKey key,
    IOptions<StorageOptions> storage, TimeProvider clock)
{
    /// <summary>The file has its name only once it was checked.</summary>
    /// <param name="force">Replace a file that is there, and keep a copy whose ledger does not hold.</param>
    /// <exception cref="StartException">There is no backup; the message says why.</exception>
    public async Task<BackupReport> HandleAsync(string file, bool force, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(file);
        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new StartException($"There is no folder {Path.GetDirectoryName(path)} to write the backup to.");
        }

        if (File.Exists(path) && !force)
        {
            throw new StartException($"{path} is there already. Name another file, or replace it with --force.");
        }

        var unfinished = $"{path}.{Guid.CreateVersion7(clock.GetUtcNow()):N}.unfinished";
        try
        {
            var stock = storage.Value.Engine switch
            {
                StorageEngine.Sqlite => await CopyAsync(unfinished, cancellation),
                StorageEngine.PostgreSql => await DumpAsync(unfinished, cancellation),
            };
            if (!stock.Holds && !force)
            {
                var broken = string.Join(", ", stock.Ledgers.Where(l => !l.Holds).Select(l => l.Organisation));
                throw new StartException($"The ledger of {broken} does not hold: see ledger verify. With --force the backup is made all the same.");
            }

            File.Move(unfinished, path, overwrite: true);
            return new BackupReport(path, new FileInfo(path).Length, stock.Rows, stock.Ledgers, key.File);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new StartException($"The backup could not be written to {path}: {failure.Message}");
        }
        finally
        {
            SqliteFiles.Delete(unfinished);
        }
    }

    private async Task<DatabaseSummary> CopyAsync(string to, CancellationToken cancellation)
    {
        SqliteFiles.Copy(new SqliteConnectionStringBuilder(sqlite.ConnectionString) { Pooling = false }, to);
        SqliteFiles.Check(to);
        DatabaseSummary stock;
        await using (var copy = files.OpenModel(to))
        {
            stock = await DatabaseSummary.SummarizeAsync(copy, cancellation);
        }

        SqliteFiles.Seal(to);
        return stock;
    }

    /// <summary>What is counted and verified is what is dumped: both look through the same snapshot.</summary>
    private async Task<DatabaseSummary> DumpAsync(string to, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var snapshot = (await db.Database.SqlQueryRaw<string>("SELECT pg_export_snapshot() AS \"Value\"").ToListAsync(cancellation)).Single();
        PrivateFile.Make(to);
        await postgres.RunAsync(
            "pg_dump",
            [
                "--format=custom", "--no-owner", "--no-privileges", .. parts.Select(part => $"--exclude-schema={part.Schema}"),
                $"--snapshot={snapshot}", $"--file={to}",
            ],
            cancellation);
        return await DatabaseSummary.SummarizeAsync(db, cancellation);
    }
}
