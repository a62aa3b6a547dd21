namespace SessionGuard.Zoom.Client;

/// <summary>A member of the school's Zoom account. Prints as its id.</summary>
internal sealed record ZoomUser
{
    private const int Licensed = 2;

    public required string Id { get; init; }

    public required string? Email { get; init; }

    public required string? Name { get; init; }

    /// <summary>Zoom's number: 1 basic, 2 licensed, 4 without meetings, 99 none.</summary>
    public required int Type { get; init; }

    public required string? TimeZone { get; init; }

    /// <summary>The personal meeting number; null where Zoom does not tell.</summary>
    public required long? Pmi { get; init; }

    /// <summary>Only a licensed host's meetings can have registrants.</summary>
    public bool IsLicensed => Type == Licensed;

    public override string ToString() => $"Zoom user {Id}";
}
