using Microsoft.EntityFrameworkCore;
using Npgsql;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Keys;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Backups;

/// <summary>Restores in one transaction of <c>pg_restore</c>: the database is the old one or the new one, never half of each.</summary>
internal sealed class PostgresRestore(
    SessionGuardDb db, PostgresPrograms programs, PostgresConnections connections, SchemaLock schemaLock, DatabaseMigrator migrator,
    IEnumerable<ISchemaPart> parts, KeyRing ring)
{
    private const string OwnName = "sessionguard restore";
    private static readonly byte[] Magic = "PGDMP"u8.ToArray();

    public async Task<DatabaseSummary> RestoreAsync(
        string backup, bool replace, Func<SessionGuardDb, CancellationToken, Task<DatabaseSummary>> hold, CancellationToken cancellation)
    {
        if (!FileHead.Is(backup, Magic))
        {
            throw new StartException($"{backup} is not a backup of a PostgreSQL database in pg_dump's custom format, and Storage:Engine is PostgreSql.");
        }

        var coming = await MigrationsInAsync(backup, cancellation);
        RestoreBackup.RefuseUnknown(db, coming);
        ring.Prove(await ColumnAsync(backup, "data_protection_keys", "xml", cancellation));
        await RefuseWhatIsThereAsync(replace, coming, cancellation);
        // A service that starts meanwhile waits here for its schema, and finds the hold when its turn comes.
        await using var turn = await schemaLock.TakeAsync(cancellation);
        await programs.RunAsync(
            "pg_restore",
            [
                "--clean", "--if-exists", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges",
                $"--dbname={programs.Connection.Database}", backup,
            ],
            cancellation);
        foreach (var part in parts)
        {
            // Of another day, whether it was here or came in a dump that somebody made by hand: it is made anew.
            var drop = $"DROP SCHEMA IF EXISTS \"{part.Schema}\" CASCADE";
            await db.Database.ExecuteSqlRawAsync(drop, cancellation);
        }

        await migrator.BringUpToDateAsync(db, cancellation);
        return await hold(db, cancellation);
    }

    private async Task<List<string>> MigrationsInAsync(string backup, CancellationToken cancellation)
    {
        var migrations = await ColumnAsync(backup, "__EFMigrationsHistory", "migration_id", cancellation);
        return migrations.Count > 0 ? migrations : throw new StartException($"{backup} is a PostgreSQL backup, and not one of SessionGuard.");
    }

    /// <summary>Read from the file itself, before anything is changed. For values without a tab, a line's end or a backslash.</summary>
    private async Task<List<string>> ColumnAsync(string backup, string table, string column, CancellationToken cancellation)
    {
        var lines = (await programs.RunAsync("pg_restore", ["--data-only", $"--table={table}", "--file=-", backup], cancellation)).Split('\n');
        var rows = lines.SkipWhile(line => !line.StartsWith("COPY ", StringComparison.Ordinal)).ToList();
        if (rows is not [var head, ..])
        {
            return [];
        }

        var columns = head[(head.IndexOf('(', StringComparison.Ordinal) + 1)..head.IndexOf(')', StringComparison.Ordinal)].Split(", ");
        var at = Array.IndexOf(columns, column);
        return [.. rows.Skip(1).TakeWhile(line => !line.StartsWith("\\.", StringComparison.Ordinal)).Select(line => line.Split('\t')[at])];
    }

    private async Task RefuseWhatIsThereAsync(bool replace, List<string> coming, CancellationToken cancellation)
    {
        var own = new NpgsqlConnectionStringBuilder(connections.UnpooledConnectionString) { ApplicationName = OwnName };
        await using var connection = new NpgsqlConnection(own.ConnectionString);
        await connection.OpenAsync(cancellation);
        if (await AskAsync(connection, $"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'sessionguard%' AND application_name <> '{OwnName}')"))
        {
            throw new StartException("A SessionGuard is running on this database. Stop it, and every other node, before restoring.");
        }

        if (!await AskAsync(connection, "SELECT to_regclass('organisations') IS NOT NULL"))
        {
            return;
        }

        if (!replace && await AskAsync(connection, "SELECT EXISTS (SELECT FROM organisations)"))
        {
            throw new StartException("The database is not empty. With --replace what it holds is given up for the backup.");
        }

        var there = await db.Database.GetAppliedMigrationsAsync(cancellation);
        if (there.Except(coming).LastOrDefault() is { } later)
        {
            throw new StartException(
                $"The database has the schema change {later}, which the backup does not know. Make an empty database with createdb and name it in Storage:ConnectionString.");
        }
    }

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string question)
    {
        await using var command = new NpgsqlCommand(question, connection);
        return (bool)(await command.ExecuteScalarAsync())!;
    }
}
