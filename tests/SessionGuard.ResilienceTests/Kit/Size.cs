namespace SessionGuard.ResilienceTests.Kit;

/// <summary>Each test has two sizes: a brief one for every change, and the full one with <c>SESSIONGUARD_RESILIENCE=full</c>.</summary>
internal static class Size
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("SESSIONGUARD_RESILIENCE") == "full";

    public static T Of<T>(T brief, T full) => IsFull ? full : brief;
}
