namespace SessionGuard.ZoomSandbox;

/// <summary>A Zoom that runs on this machine.</summary>
public sealed class Sandbox;
