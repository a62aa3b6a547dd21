using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SessionGuard.Platform.Storage;

/// <summary>
/// Sets the pragmas on each connection that EF Core opens. They stay with SQLite's own handle, which the pool hands out again for nearly
/// every query: one that has them is left alone.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private readonly ConditionalWeakTable<object, object> _prepared = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        var handle = ((SqliteConnection)connection).Handle!;
        if (_prepared.TryGetValue(handle, out _))
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = SqliteConnections.Pragmas;
        command.ExecuteNonQuery();
        _prepared.Add(handle, handle);
    }

    /// <summary>SQLite has nothing to wait for.</summary>
    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
