using Hangfire.PostgreSql;
using Npgsql;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Jobs.Hangfire;

/// <summary>
/// Hangfire's connections to PostgreSQL, apart from the service's: neither takes the other's. Its polls, several a second, are no spans in
/// anybody's traces.
/// </summary>
internal sealed class HangfireConnections(PostgresConnections postgres) : IConnectionFactory, IDisposable
{
    private const int Most = 20;

    /// <summary>
    /// A process that freezes in the middle of taking one of Hangfire's locks holds it for every other: its turns are of milliseconds, so the
    /// server ends one that stands still for longer, and the others go on. Set when a connection is made, since what is set later is forgotten
    /// with each return to the pool.
    /// </summary>
    private const string EndWhatStandsStill = "-c idle_in_transaction_session_timeout=5s";

    private readonly Lazy<NpgsqlDataSource> _source = new(() => Open(postgres));

    public NpgsqlConnection GetOrCreateConnection() => _source.Value.OpenConnection();

    public void Dispose()
    {
        if (_source.IsValueCreated)
        {
            _source.Value.Dispose();
        }
    }

    private static NpgsqlDataSource Open(PostgresConnections postgres)
    {
        var own = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { MaxPoolSize = Most, ApplicationName = "sessionguard jobs" };
        own.Options = $"{own.Options} {EndWhatStandsStill}".TrimStart();
        return new NpgsqlDataSourceBuilder(own.ConnectionString)
            .ConfigureTracing(tracing => tracing.ConfigureCommandFilter(_ => false))
            .Build();
    }
}
