using System.Diagnostics;
using System.Globalization;
using SessionGuard.Tests.Testing;

namespace SessionGuard.ResilienceTests.Kit;

internal static class Signals
{
    /// <summary>Signals the test's own server and the processes it forked; nothing else.</summary>
    public static async Task SignalAsync(this PostgresServer server, string signal)
    {
        var parent = server.ProcessId;
        var children = await File.ReadAllTextAsync($"/proc/{parent}/task/{parent}/children");
        using var kill = Process.Start(
            "kill", [$"-{signal}", parent.ToString(CultureInfo.InvariantCulture), .. children.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        await kill.WaitForExitAsync();
    }
}
