using SessionGuard.ResilienceTests.Kit;

/// <summary>
/// Runs inside the service, before its own first line, where <c>DOTNET_STARTUP_HOOKS</c> names this assembly. The runtime asks for this
/// name without a namespace.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(ProcessFailpoint.Variable) is { Length: > 0 } wanted)
        {
            ProcessFailpoint.Arm(wanted);
        }

        if (Environment.GetEnvironmentVariable(ProcessBug.Variable) is { Length: > 0 } number)
        {
            ProcessBug.Arm(number);
        }
    }
}
