using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace SessionGuard.Storage;

/// <summary>
/// Carries SQLite's write-ahead log over into the database, once a second, on a connection of its own. Left to SQLite, every thousandth page
/// has whoever commits it do that, with two more syncs: now and then a webhook delivery would wait for them.
/// </summary>
internal sealed partial class SqliteCheckpoints(
    SqliteConnections connections, SqliteWriteGate gate, IOptions<StorageOptions> storage, TimeProvider clock, ILogger<SqliteCheckpoints> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>The log begins anew only once all of it is carried over, and while somebody always writes it never is: from here on they wait.</summary>
    private const int LongLog = 8192;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (storage.Value.Engine is not StorageEngine.Sqlite)
        {
            return;
        }

        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Task.Run(() => CarryOverAsync(stoppingToken), stoppingToken);
            }
            catch (SqliteException failure)
            {
                LogFailed(failure.SqliteErrorCode); // a full disk, say: the log keeps what is in it, and SQLite's own checkpoint comes when it is long
            }
        }
    }

    private async Task CarryOverAsync(CancellationToken cancellation)
    {
        using var connection = connections.Open();
        if (CarryOver(connection) >= LongLog)
        {
            using var turn = await gate.EnterAsync(first: false, cancellation);
            CarryOver(connection);
        }
    }

    /// <returns>How many pages the log holds.</returns>
    private static int CarryOver(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)"; // waits for nobody and holds up nobody
        using var reader = command.ExecuteReader();
        return reader.Read() ? reader.GetInt32(1) : 0;
    }

    [LoggerMessage(EventId = 1102, Level = LogLevel.Warning, Message = "The write-ahead log could not be carried over: SQLite error {Code}.")]
    private partial void LogFailed(int code);
}
