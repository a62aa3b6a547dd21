namespace SessionGuard.Platform.Hosting;

/// <summary>The service cannot start, and the message is the one plain sentence that says why and what to do.</summary>
internal sealed class StartException(string message) : Exception(message);
