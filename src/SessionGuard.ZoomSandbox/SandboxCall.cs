namespace SessionGuard.ZoomSandbox;

/// <summary>One request that reached the sandbox's API or token endpoint.</summary>
/// <param name="Path">As sent, still percent-encoded.</param>
/// <param name="Query">As sent, without the question mark; "" when there was none.</param>
/// <param name="HostHeader">The host and port that the caller asked for.</param>
public sealed record SandboxCall(string Method, string Path, string Query, string HostHeader, DateTimeOffset At)
{
    /// <summary>0 while there is no answer.</summary>
    public int Status { get; internal set; }
}
