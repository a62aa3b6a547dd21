using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Platform.Storage;

/// <summary>Brings the database to the current schema, once, however many processes start together.</summary>
internal sealed partial class DatabaseMigrator(
    IServiceScopeFactory scopes, SchemaLock schemaLock, SqliteOwner sqlite, IEnumerable<ISchemaPart> parts, IOptions<StorageOptions> options,
    ILogger<DatabaseMigrator> logger)
{
    /// <summary>What a service does before it serves: migrate, or where Storage:MigrateOnStart is false, check.</summary>
    /// <exception cref="StartException">The database cannot be used; so for the other methods.</exception>
    public Task PrepareAsync(CancellationToken cancellation)
    {
        sqlite.Take();
        return options.Value.MigrateOnStart ? MigrateAsync(cancellation) : CheckAsync(cancellation);
    }

    public Task MigrateAsync(CancellationToken cancellation) => UseAsync(ApplyAsync, cancellation);

    /// <summary>Refuses a database whose schema is not this program's; changes nothing.</summary>
    public Task CheckAsync(CancellationToken cancellation) => UseAsync(
        async (db, token) =>
        {
            if (await IsBehindAsync(db, token) || (await PartsBehindAsync(token)).Count > 0)
            {
                throw new StartException(
                    "The database is not at this program's schema yet: run the verb migrate, or start the service with Storage:MigrateOnStart true.");
            }
        },
        cancellation);

    private async Task ApplyAsync(SessionGuardDb db, CancellationToken cancellation)
    {
        sqlite.Take();
        // EF Core's own lock does not cover the making of its history table: processes that start on an empty database collide.
        await using var turn = await schemaLock.TakeAsync(cancellation);
        await BringUpToDateAsync(db, cancellation);
    }

    /// <summary>The same for a database that nobody serves yet, by a caller who has taken the <see cref="SchemaLock"/>.</summary>
    public async Task BringUpToDateAsync(SessionGuardDb db, CancellationToken cancellation)
    {
        // Most starts find nothing to do, and to have EF Core find that out takes a tenth of a second.
        if (await IsBehindAsync(db, cancellation))
        {
            if (options.Value.Engine is StorageEngine.Sqlite)
            {
                await ClearStaleLockAsync(db, cancellation);
            }

            db.Database.SetCommandTimeout(options.Value.MigrationTimeout);
            await db.Database.MigrateAsync(cancellation);
        }

        await AppendOnlyTable.GuardAsync<LedgerEntry>(db, cancellation);
        foreach (var part in await PartsBehindAsync(cancellation))
        {
            await part.ApplyAsync(cancellation);
        }
    }

    private async Task<List<ISchemaPart>> PartsBehindAsync(CancellationToken cancellation)
    {
        var behind = new List<ISchemaPart>();
        foreach (var part in parts)
        {
            if (await part.IsBehindAsync(cancellation))
            {
                behind.Add(part);
            }
        }

        return behind;
    }

    /// <summary>
    /// EF Core's lock is a row. A start that was killed leaves it, and the next one would wait for it for ever. No other process works on
    /// this file, so whatever is left is stale.
    /// </summary>
    private async Task ClearStaleLockAsync(SessionGuardDb db, CancellationToken cancellation)
    {
        if (await db.Database.SqlQuery<int>($"SELECT count(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(cancellation) == 0)
        {
            return;
        }

        if (await db.Database.ExecuteSqlAsync($"DELETE FROM \"__EFMigrationsLock\"", cancellation) > 0)
        {
            LogStaleLock();
        }
    }

    /// <summary>Whether a change of the schema is still to be made.</summary>
    /// <exception cref="StartException">The database has one that this program does not know.</exception>
    private static async Task<bool> IsBehindAsync(SessionGuardDb db, CancellationToken cancellation)
    {
        var (known, applied) = (db.Database.GetMigrations().ToList(), (await db.Database.GetAppliedMigrationsAsync(cancellation)).ToList());
        if (SchemaHistory.Refuse("The database", known, applied, "Start the newer program again.") is { } refusal)
        {
            throw new StartException(refusal);
        }

        return known.Except(applied).Any();
    }

    private async Task UseAsync(Func<SessionGuardDb, CancellationToken, Task> work, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.Value.MigrationTimeout);
        try
        {
            await using var scope = scopes.CreateServiceScope();
            await work(scope.ServiceProvider.GetRequiredService<SessionGuardDb>(), limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new StartException(
                "The database did not answer, or another process has been changing it for longer than Storage:MigrationTimeout.");
        }
        catch (DbException failure) when (failure is NpgsqlException or SqliteException)
        {
            LogUnreachable(failure.GetType().Name);
            throw new StartException($"Storage:ConnectionString leads to no usable database: {failure.Message}");
        }
    }

    [LoggerMessage(EventId = 102, Level = LogLevel.Warning,
        Message = "A start before this one was cut off while it changed the schema, and left its row in __EFMigrationsLock. The row is removed, and the change done again.")]
    private partial void LogStaleLock();

    [LoggerMessage(EventId = 101, Level = LogLevel.Error, Message = "The database cannot be used: {Failure}.")]
    private partial void LogUnreachable(string failure);
}
