using SessionGuard.Surfaces.Shell;

namespace SessionGuard.Demo;

/// <summary>Who may open the demo's own pages: anybody, since the whole school is made up.</summary>
internal static class DemoAccess
{
    public static AccessRows Rows { get; } = new(new Dictionary<string, Callers>
    {
        ["demo"] = Callers.Anyone,
        ["demo/windows/{who}"] = Callers.Anyone,
    });
}
