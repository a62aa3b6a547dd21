namespace SessionGuard.ResilienceTests.Kit;

/// <summary>Each test has two sizes: a brief one for every change, and the full one with <c>SESSIONGUARD_RESILIENCE=full</c>.</summary>
internal static class Size
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("SESSIONGUARD_RESILIENCE") == "full";

    /// <summary>Bounds on time hold where the machine has nothing else to do: in the full size. In the brief one the table has the figures.</summary>
    public static void Within(TimeSpan most, TimeSpan took)
    {
        if (IsFull)
        {
            Assert.InRange(took, TimeSpan.Zero, most);
        }
    }

    public static T Of<T>(T brief, T full) => IsFull ? full : brief;
}
