namespace SessionGuard.Zoom.Client;

/// <summary>An ended run of a meeting.</summary>
internal sealed record ZoomPastInstance(string Uuid, DateTimeOffset? Start);

/// <summary>One stay in an ended instance, as Zoom tells it afterwards. A rejoin is another one. Prints as its id.</summary>
internal sealed record ZoomParticipant
{
    /// <summary>The number of this stay within its instance; webhooks call it <c>user_id</c> too.</summary>
    public required string? UserId { get; init; }

    /// <summary>The Zoom account that was signed in; null for a guest.</summary>
    public required string? AccountUserId { get; init; }

    public required string? Name { get; init; }

    /// <summary>Null for everybody outside the school's account.</summary>
    public required string? Email { get; init; }

    /// <summary>The seat; null where the meeting has no registration.</summary>
    public required string? RegistrantId { get; init; }

    public required DateTimeOffset? Join { get; init; }

    /// <summary>Null while Zoom is still working on it.</summary>
    public required DateTimeOffset? Leave { get; init; }

    public required bool InWaitingRoom { get; init; }

    /// <summary>The breakout room; null for the main room.</summary>
    public required string? BreakoutRoomId { get; init; }

    public override string ToString() => $"participant {UserId}";
}
