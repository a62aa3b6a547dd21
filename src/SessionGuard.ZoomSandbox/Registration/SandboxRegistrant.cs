using System.Text.Json.Nodes;

namespace SessionGuard.ZoomSandbox;

/// <summary>Someone who has registered for a meeting and has a personal link.</summary>
public sealed class SandboxRegistrant
{
    private readonly string _token = ZoomIds.Token(32) + ".DQ";

    internal SandboxRegistrant(SandboxMeeting meeting, string firstName, string lastName, string email, DateTimeOffset now)
    {
        Meeting = meeting;
        FirstName = firstName;
        LastName = lastName;
        Email = email;
        CreatedAt = now;
    }

    public SandboxMeeting Meeting { get; }

    /// <summary>What participant events carry as <c>registrant_id</c> when this person joins.</summary>
    public string Id { get; } = ZoomIds.User();

    public string FirstName { get; }

    public string LastName { get; }

    public string Email { get; }

    /// <summary>approved, pending, denied or cancelled.</summary>
    public string Status { get; internal set; } = "pending";

    /// <summary>The personal part stays; the passcode in it follows the meeting's.</summary>
    public string JoinUrl => $"https://us06web.zoom.us/w/{Meeting.EventId}?tk={_token}{Meeting.LinkPasscode("&pwd=")}";

    internal DateTimeOffset CreatedAt { get; }

    internal JsonArray? CustomQuestions { get; init; }
}
