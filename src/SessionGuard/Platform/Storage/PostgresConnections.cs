using Microsoft.Extensions.Options;
using Npgsql;

namespace SessionGuard.Platform.Storage;

/// <summary>How the service reaches PostgreSQL: the configured connection string, with limits where it names none.</summary>
internal sealed class PostgresConnections(IOptions<StorageOptions> storage)
{
    // A frozen server is noticed only after both times: the cancel attempt opens a connection of its own. Nothing here leaves state behind on a
    // pooled connection, and to have the server put it back before each query costs as much as a small one.
    private static readonly NpgsqlConnectionStringBuilder Defaults =
        new() { Timeout = 2, CommandTimeout = 10, MaxPoolSize = 50, NoResetOnClose = true, ApplicationName = "sessionguard" };

    public string ConnectionString => Build().ConnectionString;

    /// <summary>For a connection whose end must be the end of its session, such as one that holds a lock.</summary>
    public string UnpooledConnectionString => new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString;

    private NpgsqlConnectionStringBuilder Build()
    {
        var wanted = new NpgsqlConnectionStringBuilder(storage.Value.ConnectionString);
        // Not ContainsKey: it is true for every keyword it knows, set or not.
        foreach (var key in Defaults.Keys.Cast<string>().Where(key => !wanted.ShouldSerialize(key)))
        {
            wanted[key] = Defaults[key];
        }

        return wanted;
    }
}
