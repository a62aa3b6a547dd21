using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace SessionGuard.Storage;

/// <summary>Brings the database to the current schema, once, however many processes start together.</summary>
internal sealed partial class DatabaseMigrator(
    IServiceScopeFactory scopes, SchemaLock schemaLock, IOptions<StorageOptions> options, ILogger<DatabaseMigrator> logger)
{
    public async Task MigrateAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.Value.MigrationTimeout);
        try
        {
            // EF Core's own lock does not cover the making of its history table: processes that start on an empty database collide.
            await using var turn = await schemaLock.TakeAsync(limit.Token);
            await using var scope = scopes.CreateServiceScope();
            await scope.ServiceProvider.GetRequiredService<SessionGuardDb>().Database.MigrateAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new StartException(options.Value.Engine switch
            {
                StorageEngine.Sqlite => "Another process seems to be changing the database. If none runs, a start that was killed left its "
                    + "lock behind: delete the row of the table __EFMigrationsLock and start again.",
                StorageEngine.PostgreSql => "The database did not answer, or another process has been changing it for longer than Storage:MigrationTimeout.",
            });
        }
        catch (DbException failure) when (failure is NpgsqlException or { SqlState: not null })
        {
            LogUnreachable(failure.GetType().Name);
            throw new StartException($"Storage:ConnectionString leads to no usable database: {failure.Message}");
        }
    }

    [LoggerMessage(EventId = 101, Level = LogLevel.Error, Message = "The database cannot be used: {Failure}.")]
    private partial void LogUnreachable(string failure);
}
