using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SessionGuard.Platform.Storage;

/// <summary>
/// Has PostgreSQL keep the plan of what is asked often, for as long as a connection lasts. Not of everything: a plan with <c>*</c> in it fails on
/// the connections that hold it when an upgrade adds a column.
/// </summary>
internal sealed class PreparedStatements : DbCommandInterceptor
{
    /// <summary>Put on a query by <c>TagWith</c>.</summary>
    public const string Often = "asked often";

    public static readonly PreparedStatements Instance = new();

    /// <remarks>On a connection that has it already, preparing asks the server nothing.</remarks>
    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.StartsWith($"-- {Often}", StringComparison.Ordinal))
        {
            await command.PrepareAsync(cancellationToken);
        }

        return result;
    }
}
