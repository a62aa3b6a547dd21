using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.ResilienceTests.Kit;

/// <summary>The service's database, read from outside of it.</summary>
internal sealed class Database(StorageEngine engine, string file, string connection)
{
    /// <summary>Null on PostgreSQL; on SQLite what its own check says.</summary>
    public async Task<string?> IntegrityAsync() =>
        engine is StorageEngine.Sqlite ? (await ReadAsync("PRAGMA integrity_check", row => row.GetString(0))).Single() : null;

    /// <summary>The number of each delivery in the inbox, as often as it is there.</summary>
    public Task<List<int>> StoredAsync() => ReadAsync(
        "SELECT delivery_key FROM inbox_messages", row => Events.NumberOf((byte[])row[0]));

    /// <summary>The number of each delivery that took effect, as often as it did.</summary>
    public Task<List<int>> EffectsAsync() => ReadAsync(
        "SELECT connection_id FROM participant_events", row => int.Parse(row.GetString(0), CultureInfo.InvariantCulture));

    /// <summary>The hash of each stored body as it was sent, set aside or not.</summary>
    public Task<List<string>> HashesAsync() => ReadAsync(
        "SELECT delivery_key FROM inbox_messages", row => Convert.ToHexString(((byte[])row[0]).AsSpan(sizeof(long))));

    /// <summary>Waits until every delivery is applied or set aside.</summary>
    public Task AppliedAsync(TimeSpan within) => Eventually.Async(
        async () => await CountAsync("SELECT COUNT(*) FROM inbox_messages WHERE state = 'Pending'") == 0, within);

    /// <summary>As if the pause had passed for which a meeting is left alone when Zoom gave no answer.</summary>
    public Task EndPausesAsync() => ReadAsync(
        $"UPDATE meetings SET check_due_at = {(engine is StorageEngine.Sqlite ? "0" : "'epoch'")} WHERE failed_checks > 0 AND leased_until IS NULL RETURNING 1",
        _ => 0);

    /// <summary>
    /// Waits until every delivery is applied or set aside, without the minutes between two tries: what failed once is at its last try at
    /// once. Each is touched one time only, so that a service at work is not robbed of its claims again and again.
    /// </summary>
    public Task TriedToTheEndAsync(int tries, TimeSpan within) => Eventually.Async(
        async () =>
        {
            await ReadAsync(
                $"UPDATE inbox_messages SET tries = {tries}, leased_until = NULL WHERE state = 'Pending' AND tries > 0 AND tries < {tries} RETURNING 1", _ => 0);
            return await CountAsync("SELECT COUNT(*) FROM inbox_messages WHERE state = 'Pending'") == 0;
        }, within);

    /// <summary>Waits until a turn of each of these jobs that was stored after now has gone well.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> TurnsAsync(IEnumerable<string> jobs, TimeSpan within)
    {
        var waited = Stopwatch.StartNew();
        var last = await CountAsync("SELECT COALESCE(MAX(id), 0) FROM hangfire.job");
        var left = jobs.ToList();
        await Eventually.Async(
            async () =>
            {
                var arguments = await ReadAsync(
                    $"SELECT DISTINCT arguments::text FROM hangfire.job WHERE statename = 'Succeeded' AND id > {last}", row => row.GetString(0));
                left.RemoveAll(job => arguments.Any(a => a.Contains(job, StringComparison.Ordinal)));
                return left.Count == 0;
            }, within);
        return waited.Elapsed;
    }

    public async Task<long> CountAsync(string sql) => (await ReadAsync(sql, row => row.GetInt64(0))).Single();

    /// <summary>As if every lease of a service that died had run out. None may be running.</summary>
    public async Task EndLeasesAsync()
    {
        foreach (var table in (string[])["inbox_messages", "outbox_messages", "meetings"])
        {
            await ReadAsync($"UPDATE {table} SET leased_until = NULL WHERE leased_until IS NOT NULL RETURNING 1", _ => 0);
        }

        // A claim to judge stands in the due time as well; any time that is past will do in its place.
        await ReadAsync("UPDATE sessions SET judge_leased_until = NULL, judge_due_at = start WHERE judge_leased_until IS NOT NULL RETURNING 1", _ => 0);
    }

    public async Task<List<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> read)
    {
        await using DbConnection db = engine is StorageEngine.Sqlite
            ? new SqliteConnection($"Data Source={file};Pooling=false")
            : new NpgsqlConnection(connection + ";Pooling=false");
        await db.OpenAsync();
        await using var command = db.CreateCommand();
#pragma warning disable CA2100 // Only this project's own words come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync();
        var all = new List<T>();
        while (await rows.ReadAsync())
        {
            all.Add(read(rows));
        }

        return all;
    }
}
