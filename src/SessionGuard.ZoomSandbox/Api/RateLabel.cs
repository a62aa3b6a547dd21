namespace SessionGuard.ZoomSandbox.Api;

/// <summary>How dear Zoom counts a call.</summary>
internal enum RateLabel
{
    Light,
    Medium,
    Heavy,
}
