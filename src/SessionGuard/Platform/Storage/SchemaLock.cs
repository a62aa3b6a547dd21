using Microsoft.Extensions.Options;
using Npgsql;

namespace SessionGuard.Platform.Storage;

/// <summary>One process at a time changes the schema, however many start together.</summary>
internal sealed class SchemaLock(IOptions<StorageOptions> options, PostgresConnections postgres)
{
    /// <summary>Any number, the same in every process: what PostgreSQL's advisory lock is taken on.</summary>
    private const long AdvisoryLock = 0x5E5510_96A4D;

    /// <summary>Waits for the turn; disposing it passes the turn on. Null on SQLite, whose file only one process may own.</summary>
    public async Task<IAsyncDisposable?> TakeAsync(CancellationToken cancellation)
    {
        if (options.Value.Engine is StorageEngine.Sqlite)
        {
            return null;
        }

        // Not pooled: a connection that goes back to its pool keeps its advisory lock until somebody uses it again.
        var connection = new NpgsqlConnection(postgres.UnpooledConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandTimeout = 0;
            command.CommandText = $"SELECT pg_advisory_lock({AdvisoryLock})";
            await command.ExecuteNonQueryAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
