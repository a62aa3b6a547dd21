using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace SessionGuard.Storage;

/// <summary>How every SQLite connection of the service is opened, by EF Core or by hand.</summary>
internal sealed class SqliteConnections(IOptions<StorageOptions> storage, IOptions<ServiceOptions> service)
{
    /// <summary>
    /// WAL lets readers read while one writes. FULL syncs at every commit: with NORMAL a power cut takes acknowledged deliveries
    /// along. secure_delete leaves nothing of an erased person in free pages.
    /// </summary>
    public const string Pragmas =
        "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;";

    public string ConnectionString { get; } = Build(storage.Value, service.Value);

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        return connection;
    }

    private static string Build(StorageOptions storage, ServiceOptions service)
    {
        var builder = new SqliteConnectionStringBuilder(storage.Engine is StorageEngine.Sqlite ? storage.ConnectionString : "");
        if (builder.DataSource.Length == 0)
        {
            Directory.CreateDirectory(service.DataFolder);
            builder.DataSource = Path.Combine(service.DataFolder, "sessionguard.db");
        }

        return builder.ConnectionString;
    }
}
