namespace SessionGuard.Platform.Retention;

/// <summary>When in a pass a kind of row goes. The first stage is first.</summary>
internal enum ExpiryStage
{
    /// <summary>Rows that no finding rests on.</summary>
    Passing,

    /// <summary>Rows that a finding may rest on. While it is stored, they stay.</summary>
    Evidence,

    /// <summary>Findings. They go after their evidence was looked at, so that what one rested on goes the night after it, and never before.</summary>
    Findings,
}
