using System.ComponentModel.DataAnnotations;

namespace SessionGuard.Platform.Storage;

internal enum StorageEngine
{
    Sqlite,
    PostgreSql,
}

internal sealed class StorageOptions
{
    /// <summary>Where the records live. <c>Sqlite</c> (default) needs no server; <c>PostgreSql</c> is for several nodes.</summary>
    public StorageEngine Engine { get; init; } = StorageEngine.Sqlite;

    /// <summary>Empty for SQLite means <c>sessionguard.db</c> in the data folder. PostgreSQL has no default.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>Bring the database to the current schema before serving. Default true; false where <c>migrate</c> does it.</summary>
    public bool MigrateOnStart { get; init; } = true;

    /// <summary>How long a start waits for another process that is changing the schema. 5 seconds to 10 minutes; default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:10:00")]
    public TimeSpan MigrationTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
