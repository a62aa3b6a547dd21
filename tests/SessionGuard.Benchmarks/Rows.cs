using System.Data.Common;
using SessionGuard.Platform.Security;

namespace SessionGuard.Benchmarks;

/// <summary>
/// Makes many rows with one statement, in the words of each engine. Their number is <c>n</c>, from 0. Foreign keys and syncs are off
/// meanwhile: the rows fit, and what is lost in a crash is made again by the next run.
/// </summary>
internal sealed class Rows : IAsyncDisposable
{
    private readonly DbConnection _connection;
    private readonly bool _isSqlite;
    private readonly PersonalData? _personal;

    private Rows(DbConnection connection, bool isSqlite, PersonalData? personal) => (_connection, _isSqlite, _personal) = (connection, isSqlite, personal);

    public string Yes => _isSqlite ? "1" : "true";

    public string No => _isSqlite ? "0" : "false";

    /// <param name="service">Whose keys seal what is personal; null for rows without.</param>
    public static async Task<Rows> OpenAsync(Storage storage, ServiceInside? service = null)
    {
        var rows = new Rows(await storage.OpenAsync(), storage.Server is null, service?.Services.GetRequiredService<PersonalData>());
        await rows.ExecuteAsync(rows._isSqlite
            ? "PRAGMA foreign_keys=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000; PRAGMA busy_timeout=5000"
            : "SET session_replication_role = replica; SET synchronous_commit = off");
        return rows;
    }

    /// <param name="values">Each column with an expression; columns that are left out stay null.</param>
    public Task MakeAsync(string table, int count, params (string Column, string Value)[] values) => count == 0 ? Task.CompletedTask : ExecuteAsync(
        $"INSERT INTO {table} ({string.Join(", ", values.Select(v => $"\"{v.Column}\""))}) SELECT {string.Join(", ", values.Select(v => v.Value))} FROM {Numbers(count)}");

    public async Task ExecuteAsync(string sql)
    {
        await using var command = _connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 600);
        await command.ExecuteNonQueryAsync();
    }

    /// <param name="kind">Eight hexadecimal digits, so that ids of different things differ.</param>
    public string Id(string kind, string number) => _isSqlite
        ? $"printf('{kind}-0000-7000-8000-%012X', {number})"
        : $"('{kind}-0000-7000-8000-' || lpad(to_hex(({number})::bigint), 12, '0'))::uuid";

    public string Id(Guid id) => _isSqlite ? $"'{id.ToString().ToUpperInvariant()}'" : $"'{id}'::uuid";

    public string At(DateTimeOffset at, string milliseconds = "0") => _isSqlite
        ? $"({at.ToUnixTimeMilliseconds()} + ({milliseconds}))"
        : $"to_timestamp(({at.ToUnixTimeMilliseconds()} + ({milliseconds})) / 1000.0)";

    /// <summary>A personal value as the service stores it. Sealed once and the same in every row: it is read, opened and paid for in each.</summary>
    public string Sealed(string value)
    {
        var hex = Convert.ToHexString((_personal ?? throw new InvalidOperationException("Opened without a service.")).Seal(value));
        return _isSqlite ? $"x'{hex}'" : $"'\\x{hex}'::bytea";
    }

    public string Bytes(string text) => _isSqlite ? $"CAST({text} AS BLOB)" : $"convert_to({text}, 'UTF8')";

    public string Json(string json) => _isSqlite ? $"'{json}'" : $"'{json}'::jsonb";

    /// <summary>On PostgreSQL the statistics are taken at once, as its own maintenance does a minute later; the service's SQLite has none.</summary>
    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync(_isSqlite ? "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON" : "VACUUM ANALYZE");
        await ExecuteAsync(_isSqlite ? "SELECT 1" : "SET session_replication_role = DEFAULT; SET synchronous_commit = on");
        await _connection.DisposeAsync();
    }

    private string Numbers(int count) => _isSqlite
        ? $"(WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {count}) SELECT n FROM numbers)"
        : $"generate_series(0::bigint, {count - 1}) AS numbers(n)";
}
