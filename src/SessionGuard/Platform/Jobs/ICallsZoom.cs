namespace SessionGuard.Platform.Jobs;

/// <summary>
/// A job whose passes are about what Zoom answers. It rests while nothing may leave the house: its rows would only count failures that
/// are none of theirs.
/// </summary>
internal interface ICallsZoom : IJob;
