namespace SessionGuard.Platform.Text;

/// <summary>Text from strangers on its way into one line of a mail.</summary>
internal static class SingleLine
{
    /// <summary>
    /// Every control and line-separating character becomes a space: what follows one can be neither a header nor a new line. So does
    /// every mark that turns the direction of writing round: left open, it would reorder the words after it.
    /// </summary>
    public static string ToSingleLine(string text) =>
        string.Create(text.Length, text, static (line, source) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(source[i]) || source[i] is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') ? ' ' : source[i];
            }
        }).Trim();
}
