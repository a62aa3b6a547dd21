using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Keys;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Platform.Backups;

/// <summary>Restores beside the database and changes places at the end: until then everything can still fail without harm.</summary>
internal sealed class SqliteRestore(SqliteConnections connections, SqliteOwner owner, SqliteFiles files, DatabaseMigrator migrator, KeyRing ring)
{
    public async Task<DatabaseSummary> RestoreAsync(
        string backup, bool replace, Func<SessionGuardDb, CancellationToken, Task<DatabaseSummary>> hold, CancellationToken cancellation)
    {
        if (!SqliteFiles.IsOne(backup))
        {
            throw new StartException($"{backup} is not a backup of an SQLite database, and Storage:Engine is Sqlite.");
        }

        var place = connections.File ?? throw new StartException("Storage:ConnectionString names no file that could be restored to.");
        owner.Take();
        if (!replace && await HoldsSomethingAsync(place, cancellation))
        {
            throw new StartException($"The database {place} is not empty. With --replace it is given up for the backup.");
        }

        var coming = place + ".restoring";
        try
        {
            SqliteFiles.Copy(new SqliteConnectionStringBuilder { DataSource = backup, Pooling = false }, coming);
            SqliteFiles.Check(coming);
            var stock = await PrepareAsync(backup, coming, hold, cancellation);
            SqliteFiles.Seal(coming);
            TakePlace(coming, place);
            return stock;
        }
        finally
        {
            SqliteFiles.Delete(coming);
        }
    }

    private async Task<DatabaseSummary> PrepareAsync(
        string backup, string coming, Func<SessionGuardDb, CancellationToken, Task<DatabaseSummary>> hold, CancellationToken cancellation)
    {
        await using var db = files.OpenModel(coming);
        var migrations = (await db.Database.GetAppliedMigrationsAsync(cancellation)).ToList();
        if (migrations.Count == 0)
        {
            throw new StartException($"{backup} is an SQLite database, and not one of SessionGuard.");
        }

        RestoreBackup.RefuseUnknown(db, migrations);
        await migrator.BringUpToDateAsync(db, cancellation);
        ring.Prove(await KeyRing.StoredAsync(db, cancellation));
        return await hold(db, cancellation);
    }

    private async Task<bool> HoldsSomethingAsync(string place, CancellationToken cancellation)
    {
        if (!File.Exists(place))
        {
            return false;
        }

        await using var db = files.OpenModel(place);
        return (await db.Database.GetAppliedMigrationsAsync(cancellation)).Any() && await db.Set<Organisation>().AnyAsync(cancellation);
    }

    /// <summary>The old log goes first: beside another database it would be taken for that one's own.</summary>
    private static void TakePlace(string coming, string place)
    {
        SqliteConnection.ClearAllPools();
        File.Delete(place + "-wal");
        File.Delete(place + "-shm");
        File.Move(coming, place, overwrite: true);
    }
}
