using System.Diagnostics;

namespace SessionGuard.Zoom.Client;

/// <summary>
/// A passcode, a link or a token: whoever reads it can walk into a class. It prints as nothing and serialises to nothing,
/// so that only a deliberate <see cref="Reveal"/> lets it out.
/// </summary>
[DebuggerDisplay("[secret]")]
internal sealed record Secret
{
    private readonly string _value;

    public Secret(string value) => _value = value;

    /// <summary>Null for a missing or empty value: Zoom writes both where it means "none".</summary>
    public static Secret? From(string? value) => string.IsNullOrEmpty(value) ? null : new Secret(value);

    public string Reveal() => _value;

    public override string ToString() => "[secret]";
}
