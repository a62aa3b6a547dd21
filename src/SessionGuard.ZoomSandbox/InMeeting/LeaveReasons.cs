namespace SessionGuard.ZoomSandbox;

/// <summary>The texts Zoom gives in <c>leave_reason</c>; the name in some of them is what the person typed.</summary>
public static class LeaveReasons
{
    public const string HostEnded = "Host ended the meeting.";
    public const string RemovedByHost = "Removed by host.";
    public const string RemovedFromWaitingRoom = "Removed by host from waiting room.";
    public const string NetworkError = "Network connection error.";
    public const string LeftWaitingRoom = "Leave waiting room.";

    public static string Left(string name) => $"{name} left the meeting.";

    public static string Disconnected(string name) => $"{name} got disconnected from the meeting.";

    internal static string Because(string name, string reason) => $"{Left(name)}<br>Reason: {reason}";
}
