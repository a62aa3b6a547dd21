using System.Diagnostics;
using System.Globalization;

namespace SessionGuard.ResilienceTests.Kit;

/// <summary>
/// Ends the service where it stands, as a power cut would, the n-th time it comes to a named point. The service has no code for this: the
/// points are what the runtime and its libraries tell any listener (<see cref="Failpoints"/>).
/// </summary>
internal sealed class ProcessFailpoint
{
    public const string Variable = "SG_FAILPOINT";

    private readonly int _at;
    private int _reached;

    private ProcessFailpoint(int at) => _at = at;

    /// <summary>What makes a process die at the <paramref name="n"/>-th time of the point <paramref name="name"/>.</summary>
    public static Dictionary<string, string?> Settings(string name, int n) => new()
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(ProcessFailpoint).Assembly.Location,
        [Variable] = string.Create(CultureInfo.InvariantCulture, $"{name}:{n}"),
    };

    /// <param name="wanted"><c>name:n</c>.</param>
    public static void Arm(string wanted)
    {
        var (name, n) = wanted.Split(':') switch { var parts => (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture)) };
        Failpoints.Of(name).Listen(new ProcessFailpoint(n).Pass);
    }

    private void Pass()
    {
        if (Interlocked.Increment(ref _reached) == _at)
        {
            // SIGKILL to itself: the thread that calls does not come back, and no other gets to finish anything.
            Process.GetCurrentProcess().Kill();
        }
    }
}
