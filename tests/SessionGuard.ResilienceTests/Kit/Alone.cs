namespace SessionGuard.ResilienceTests.Kit;

/// <summary>Tests that measure times run with no other test beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
