using System.Security.Cryptography;
using System.Text;
using SessionGuard.Platform.Security;

namespace SessionGuard.Safeguarding.Presence;

/// <summary>
/// What was seen of somebody, as a key that is the same each time and names nobody: of a signed-in Zoom user their id, of everybody else
/// the name on the screen. Made with a key outside the database, since names are easy to guess.
/// </summary>
internal sealed class ScreenIdentity(MasterKey master)
{
    private readonly Lazy<byte[]> _key = new(() => master.Derive("screen-identity"));

    /// <summary>Null: there is neither an account nor a name to know them by.</summary>
    public string? GetKey(Stay stay) =>
        stay.ZoomUserId is { } user ? Hash($"user:{user}")
        : Normalise(stay.Name) is { Length: > 0 } name ? Hash($"name:{name}")
        : null;

    /// <summary>
    /// The same for what looks the same: one form of each letter, one case, single spaces, no invisible marks, no broken characters.
    /// </summary>
    public static string Normalise(string name)
    {
        var whole = string.Concat(name.EnumerateRunes()).Normalize(NormalizationForm.FormKC).ToUpperInvariant();
        var visible = whole.EnumerateRunes().Where(r => Rune.GetUnicodeCategory(r) is not System.Globalization.UnicodeCategory.Format)
            .Select(r => Rune.IsWhiteSpace(r) || Rune.IsControl(r) ? " " : r.ToString());
        return string.Join(' ', string.Concat(visible).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private string Hash(string identity) => Convert.ToHexStringLower(HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes(identity)));
}
