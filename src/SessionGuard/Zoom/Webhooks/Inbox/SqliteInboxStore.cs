using Microsoft.Data.Sqlite;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Zoom.Webhooks.Inbox;

internal sealed class SqliteInboxStore(SqliteConnections connections, SqliteWriteGate gate, PersonalData personal) : IInboxStore
{
    // SQLite's own result codes.
    private const int TooBig = 18, Constraint = 19, Mismatch = 20;

    private const string Insert =
        """
        INSERT INTO inbox_messages (id, organisation_id, delivery_key, event, body, received_at, state, reason, tries)
        VALUES ($id, $organisation, $key, $event, $body, $received, $state, $reason, 0)
        ON CONFLICT DO NOTHING
        """;

    private SqliteConnection? _connection;
    private SqliteCommand? _insert;

    public async Task<int> StoreAsync(IReadOnlyList<InboxMessage> messages, CancellationToken cancellation)
    {
        using var turn = await gate.EnterAsync(first: true, cancellation);
        try
        {
            return Store(messages);
        }
        catch (SqliteException failure) when (!BlamesARow(failure))
        {
            Close();
            throw;
        }
    }

    public bool BlamesARow(Exception failure) => failure is SqliteException { SqliteErrorCode: TooBig or Constraint or Mismatch };

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private int Store(IReadOnlyList<InboxMessage> messages)
    {
        _connection ??= connections.Open();
        _insert ??= Prepare(_connection);
        using var transaction = _connection.BeginTransaction(deferred: false);
        _insert.Transaction = transaction;
        var stored = 0;
        for (var i = 0; i < messages.Count; i++)
        {
            Bind(_insert.Parameters, messages[i]);
            stored += _insert.ExecuteNonQuery();
        }

        transaction.Commit();
        return stored;
    }

    private static SqliteCommand Prepare(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = Insert;
        foreach (var name in (string[])["$id", "$organisation", "$key", "$event", "$body", "$received", "$state", "$reason"])
        {
            command.Parameters.Add(new SqliteParameter(name, null));
        }

        return command;
    }

    private void Bind(SqliteParameterCollection parameters, InboxMessage message)
    {
        parameters[0].Value = message.Id;
        parameters[1].Value = message.OrganisationId;
        parameters[2].Value = message.DeliveryKey;
        parameters[3].Value = message.Event;
        parameters[4].Value = personal.Seal(message.Body);
        parameters[5].Value = message.ReceivedAt.ToUnixTimeMilliseconds();
        parameters[6].Value = message.State.ToString();
        parameters[7].Value = (object?)message.Reason ?? DBNull.Value;
    }

    private void Close()
    {
        _insert?.Dispose();
        _connection?.Dispose();
        _insert = null;
        _connection = null;
    }
}
