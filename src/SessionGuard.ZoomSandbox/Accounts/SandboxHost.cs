using System.Text.Json.Nodes;

namespace SessionGuard.ZoomSandbox;

/// <summary>A user of the Zoom account who can host meetings.</summary>
public sealed class SandboxHost
{
    internal SandboxHost(string email, string firstName, string lastName, bool licensed, DateTimeOffset now)
    {
        Email = email;
        FirstName = firstName;
        LastName = lastName;
        IsLicensed = licensed;
        CreatedAt = now;
    }

    /// <summary>22 characters, as in <c>host_id</c>.</summary>
    public string Id { get; } = ZoomIds.User();

    public string Email { get; }

    public string FirstName { get; }

    public string LastName { get; }

    public string DisplayName => $"{FirstName} {LastName}".Trim();

    /// <summary>Number of the personal room, which exists from the start and cannot be deleted.</summary>
    public long PersonalMeetingId { get; } = ZoomIds.PersonalRoom();

    /// <summary>Registration needs a licensed host.</summary>
    public bool IsLicensed { get; set; }

    /// <summary>When false, meeting calls for this user are refused with code 3161.</summary>
    public bool MayHost { get; set; } = true;

    public string TimeZone { get; set; } = "Europe/London";

    internal DateTimeOffset CreatedAt { get; }

    /// <summary>All groups of user settings, <c>meeting_security</c> and authentication included.</summary>
    internal JsonObject Settings { get; set; } = UserSettings.Defaults();

    internal JsonNode? PasscodeRequirement => Settings["meeting_security"]?["meeting_password_requirement"];

    internal bool Setting(string group, string key) => Settings[group]?[key]?.GetValue<bool>() == true;
}
