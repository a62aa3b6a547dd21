using System.Globalization;
using System.Text;

namespace SessionGuard.Platform.Text;

/// <summary>
/// One line that somebody wrote: a name, a title, a number. Whatever can be read is taken as it is and encoded where it is shown;
/// what cannot be seen is refused, since it makes one name look like another.
/// </summary>
internal static class PlainText
{
    /// <returns>The text without spaces around it; null when it is missing or wrong, and a required or wrong one is now among the faults.</returns>
    public static string? Read(string? text, string path, int longest, ValidationErrors faults, bool required = true)
    {
        var line = text?.Trim() ?? "";
        var fault = line switch
        {
            "" => required ? "This is needed." : null,
            _ when line.Length > longest => $"This is too long: at most {longest} characters.",
            _ when !IsReadable(line) => "Use letters, digits and signs that can be seen, on one line.",
            _ => null,
        };
        if (fault is not null)
        {
            faults.Add(path, fault);
        }

        return fault is null && line.Length > 0 ? line : null;
    }

    private static bool IsReadable(string line) =>
        line.EnumerateRunes().All(rune => rune != Rune.ReplacementChar && !IsHidden(rune)) && line.EnumerateRunes().Any(Rune.IsLetterOrDigit);

    /// <summary>Control characters and line ends, and the marks that turn the direction of what follows them on a page.</summary>
    private static bool IsHidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
