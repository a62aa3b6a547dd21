namespace SessionGuard.ZoomSandbox;

/// <summary>Who comes to the door of a meeting.</summary>
/// <param name="Name">The display name they typed; may be anything.</param>
public sealed record JoinMeeting(string Name)
{
    /// <summary>Set when the person is signed in as a user of the account; the meeting's own host then joins as host.</summary>
    public string? SignedInAs { get; init; }

    /// <summary>Set when they used a registrant's personal link.</summary>
    public string? RegistrantId { get; init; }

    /// <summary>Shown by Zoom only where it knows it; "" for a guest.</summary>
    public string Email { get; init; } = "";

    /// <summary>Set for someone who dials in.</summary>
    public string PhoneNumber { get; init; } = "";

    /// <summary>Null follows the meeting; false skips the waiting room, as Zoom does for invited people on some settings.</summary>
    public bool? ViaWaitingRoom { get; init; }

    /// <summary>The same person's earlier connection: keeps the participant uuid, takes a new user id.</summary>
    public SandboxParticipant? RejoinOf { get; init; }

    /// <summary>A guest with nothing but a name.</summary>
    public static JoinMeeting Guest(string name) => new(name);

    /// <summary>A user of the account.</summary>
    public static JoinMeeting User(SandboxHost user) => new(user.DisplayName) { SignedInAs = user.Email };

    /// <summary>A registrant through the personal link.</summary>
    public static JoinMeeting Registrant(SandboxRegistrant registrant, string? name = null) =>
        new(name ?? $"{registrant.FirstName} {registrant.LastName}".Trim()) { RegistrantId = registrant.Id, Email = registrant.Email };
}
