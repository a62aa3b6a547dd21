namespace SessionGuard.ZoomSandbox;

/// <summary>An event as it was raised, whether or not anyone receives it.</summary>
public sealed record RaisedEvent(string Name, string Body);
