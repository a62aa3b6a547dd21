using Hangfire;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Jobs.Hangfire;

/// <summary>
/// Where Hangfire keeps its turns: in PostgreSQL, where another process takes over; in memory on SQLite, where there is one process. The
/// rows say what is due: a turn that is lost costs a rhythm, and nothing else.
/// </summary>
internal static class HangfireStorage
{
    public const string Schema = "hangfire";

    /// <summary>What is left of a dead process's lock or turn is free after this, and the next poll finds it: together at most 20 seconds.</summary>
    public static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan TurnTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Of the turns that another process stored and has no hands for. A process wakes its own workers at once.</summary>
    private static readonly TimeSpan QueuePoll = TimeSpan.FromSeconds(3);

    /// <summary>Thousands of turns a day: the page of jobs remembers the last of each.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan SweptEach = TimeSpan.FromMinutes(5);

    public static JobStorage Create(IServiceProvider provider)
    {
        // Hangfire writes as this says from the first row on.
        provider.GetRequiredService<IGlobalConfiguration>();
        return provider.GetRequiredService<IOptions<StorageOptions>>().Value.Engine switch
        {
            StorageEngine.Sqlite => new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = Remembered }),
            StorageEngine.PostgreSql => OnPostgres(provider.GetRequiredService<HangfireConnections>()),
        };
    }

    private static PostgreSqlStorage OnPostgres(HangfireConnections connections) => new(connections, new PostgreSqlStorageOptions
    {
        SchemaName = Schema,
        PrepareSchemaIfNecessary = false, // HangfireSchema's part
        QueuePollInterval = QueuePoll,
        UseSlidingInvisibilityTimeout = true, // a living process keeps saying that it is at work
        InvisibilityTimeout = TurnTimeout,
        DistributedLockTimeout = LockTimeout,
        JobExpirationCheckInterval = SweptEach,
        CountersAggregateInterval = SweptEach,
    })
    {
        JobExpirationTimeout = Remembered,
    };
}
