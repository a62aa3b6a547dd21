using Npgsql;
using NpgsqlTypes;
using SessionGuard.Platform.Security;

namespace SessionGuard.Zoom.Webhooks.Inbox;

internal sealed class PostgresInboxStore(NpgsqlDataSource source, PersonalData personal) : IInboxStore
{
    private const string Insert =
        """
        INSERT INTO inbox_messages (id, organisation_id, delivery_key, event, body, received_at, state, reason, tries)
        SELECT *, 0 FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT DO NOTHING
        """;

    // An answer that a database crash can take back is worth nothing; where the server is laxer than that, this connection is not.
    private const string InsistOnDurability =
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local')";

    private static readonly NpgsqlDbType[] Columns =
    [
        NpgsqlDbType.Uuid, NpgsqlDbType.Uuid, NpgsqlDbType.Bytea, NpgsqlDbType.Text, NpgsqlDbType.Bytea, NpgsqlDbType.TimestampTz,
        NpgsqlDbType.Text, NpgsqlDbType.Text,
    ];

    private NpgsqlConnection? _connection;
    private NpgsqlCommand? _insert;

    /// <summary>
    /// Connections of the endpoint alone: nothing else in the service can use them up. A frozen server is noticed only after both timeouts, since
    /// Npgsql opens a connection to cancel a command.
    /// </summary>
    public static NpgsqlDataSource OpenSource(string connectionString) => new NpgsqlDataSourceBuilder(connectionString)
    {
        ConnectionStringBuilder =
        {
            Timeout = 1, CommandTimeout = 1, CancellationTimeout = 500, Pooling = false, ApplicationName = "sessionguard webhooks",
        },
    }.Build();

    public async Task<int> StoreAsync(IReadOnlyList<InboxMessage> messages, CancellationToken cancellation)
    {
        try
        {
            var insert = _insert ??= await PrepareAsync(cancellation);
            // One order for all writers: two that meet in the index wait in line instead of for each other.
            Bind(insert.Parameters, [.. messages.OrderBy(m => m.OrganisationId).ThenBy(m => m.DeliveryKey, KeyOrder.Instance)]);
            return await insert.ExecuteNonQueryAsync(cancellation);
        }
        catch (Exception failure) when (!BlamesARow(failure))
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Classes 22 and 23: data exception, integrity constraint violation.</summary>
    public bool BlamesARow(Exception failure) => failure is PostgresException { SqlState: ['2', '2' or '3', ..] };

    public async ValueTask DisposeAsync()
    {
        var (insert, connection) = (_insert, _connection);
        _insert = null;
        _connection = null;
        if (insert is not null)
        {
            await insert.DisposeAsync();
        }

        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }

    private async Task<NpgsqlCommand> PrepareAsync(CancellationToken cancellation)
    {
        _connection = await source.OpenConnectionAsync(cancellation);
        await using (var insist = new NpgsqlCommand(InsistOnDurability, _connection))
        {
            await insist.ExecuteNonQueryAsync(cancellation);
        }

        var insert = new NpgsqlCommand(Insert, _connection);
        foreach (var column in Columns)
        {
            insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | column });
        }

        await insert.PrepareAsync(cancellation);
        return insert;
    }

    private void Bind(NpgsqlParameterCollection parameters, InboxMessage[] messages)
    {
        parameters[0].Value = Array.ConvertAll(messages, m => m.Id);
        parameters[1].Value = Array.ConvertAll(messages, m => m.OrganisationId);
        parameters[2].Value = Array.ConvertAll(messages, m => m.DeliveryKey);
        parameters[3].Value = Array.ConvertAll(messages, m => m.Event);
        parameters[4].Value = Array.ConvertAll(messages, m => personal.Seal(m.Body));
        parameters[5].Value = Array.ConvertAll(messages, m => m.ReceivedAt.UtcDateTime);
        parameters[6].Value = Array.ConvertAll(messages, m => m.State.ToString());
        parameters[7].Value = Array.ConvertAll(messages, m => m.Reason);
    }

    private sealed class KeyOrder : IComparer<byte[]>
    {
        public static readonly KeyOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
