using System.Globalization;

namespace SessionGuard.Zoom.Client.Wire;

internal sealed class UserWire
{
    /// <summary>Null for somebody who has not accepted the invitation yet.</summary>
    public string? Id { get; init; }

    public string? Email { get; init; }

    public string? DisplayName { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public required int Type { get; init; }

    public string? Timezone { get; init; }

    public string? Pmi { get; init; }

    public ZoomUser ToUser(string id) => new()
    {
        Id = id,
        Email = string.IsNullOrEmpty(Email) ? null : Email,
        Name = string.IsNullOrEmpty(DisplayName) ? $"{FirstName} {LastName}".Trim() is { Length: > 0 } name ? name : null : DisplayName,
        Type = Type,
        TimeZone = string.IsNullOrEmpty(Timezone) ? null : Timezone,
        Pmi = Numbers.From(Pmi),
    };
}

internal sealed class UserPageWire : IPageWire<UserWire>
{
    public string? NextPageToken { get; init; }

    public required IReadOnlyList<UserWire> Users { get; init; }

    IReadOnlyList<UserWire> IPageWire<UserWire>.Items => Users;
}

internal static class Numbers
{
    /// <summary>A personal meeting number, which Zoom writes as text here and as a number there. Null for none.</summary>
    public static long? From(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
