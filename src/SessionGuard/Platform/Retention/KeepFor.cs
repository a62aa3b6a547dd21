namespace SessionGuard.Platform.Retention;

/// <summary>The words for the limits of the section <c>Retention</c>. Each feature has its own keys in it.</summary>
internal static class KeepFor
{
    public const string Section = "Retention";

    /// <summary>100 years: for good, and still a date that can be computed with.</summary>
    public const string AtMost = "36500.00:00:00";
}
