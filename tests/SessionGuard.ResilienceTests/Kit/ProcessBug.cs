using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SessionGuard.ResilienceTests.Kit;

/// <summary>A release with a fault in it: it cannot write down who came by one certain connection. A process without it is the mended one.</summary>
internal static class ProcessBug
{
    public const string Variable = "SG_BUG";

    public static Dictionary<string, string?> Settings(int connection) => new()
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(ProcessBug).Assembly.Location,
        [Variable] = connection.ToString(CultureInfo.InvariantCulture),
    };

    public static void Arm(string connection) => new ListenedPlace(
        "bug", "Microsoft.EntityFrameworkCore", RelationalEventId.CommandExecuting.Name!,
        payload => payload is CommandEventData { Command: DbCommand command }
            && command.CommandText.Contains("participant_events", StringComparison.Ordinal)
            && command.CommandText.Contains("INSERT", StringComparison.Ordinal)
            && command.Parameters.Cast<DbParameter>().Any(p => connection.Equals(p.Value as string, StringComparison.Ordinal)))
        .Listen(() => throw new InvalidOperationException("This release cannot do that."));
}
