using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SessionGuard.Storage;

/// <summary>Sets the pragmas on each connection that EF Core opens; they do not outlive a connection.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = SqliteConnections.Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = SqliteConnections.Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
