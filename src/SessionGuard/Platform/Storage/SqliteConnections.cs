using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;

namespace SessionGuard.Platform.Storage;

/// <summary>How every SQLite connection of the service is opened, by EF Core or by hand.</summary>
internal sealed class SqliteConnections(IOptions<StorageOptions> storage, IOptions<ServiceOptions> service)
{
    /// <summary>
    /// WAL lets readers read while one writes. FULL syncs at every commit: with NORMAL a power cut takes acknowledged deliveries
    /// along. secure_delete leaves nothing of an erased person in free pages.
    /// </summary>
    public const string Pragmas =
        "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;";

    private readonly SqliteConnectionStringBuilder _builder = Build(storage.Value, service.Value);

    public string ConnectionString => _builder.ConnectionString;

    /// <summary>The database's full path; null for one that is not a file.</summary>
    public string? File => _builder.Mode is SqliteOpenMode.Memory || _builder.DataSource is ":memory:" ? null : Path.GetFullPath(_builder.DataSource);

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        return connection;
    }

    private static SqliteConnectionStringBuilder Build(StorageOptions storage, ServiceOptions service)
    {
        var builder = new SqliteConnectionStringBuilder(storage.Engine is StorageEngine.Sqlite ? storage.ConnectionString : "");
        if (builder.DataSource.Length == 0)
        {
            Directory.CreateDirectory(service.DataFolder);
            builder.DataSource = Path.Combine(service.DataFolder, "sessionguard.db");
        }

        return builder;
    }
}
