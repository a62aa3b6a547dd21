using System.Text;
using SessionGuard.Platform.Text;

namespace SessionGuard.Platform.Mail;

/// <summary>A <see cref="Letter"/> as plain text: the same words in the same order as <see cref="LetterHtml"/>.</summary>
internal static class LetterText
{
    public const string StopWords = "Stop these reminders";

    /// <summary>RFC 5322 asks for 78 at most; some readers quote with "&gt; ".</summary>
    private const int LineLength = 74;

    /// <summary>Mail needs both characters: a bare line feed ends up inside a line.</summary>
    private const string LineEnd = "\r\n";

    public static string Write(Letter letter)
    {
        var text = new StringBuilder();
        Paragraph(text, letter.FirstLine);
        foreach (var paragraph in letter.Paragraphs)
        {
            Paragraph(text, paragraph);
        }

        if (letter.Button is { } button)
        {
            text.Append(SingleLine.ToSingleLine(button.Text)).Append(':').Append(LineEnd).Append(button.Address.AbsoluteUri).Append(LineEnd).Append(LineEnd);
        }

        Paragraph(text, letter.Contact);
        Paragraph(text, letter.WhyYouGetThis);
        Paragraph(text, letter.SchoolName);
        if (letter.StopAddress is { } stop)
        {
            text.Append(StopWords).Append(':').Append(LineEnd).Append(stop.AbsoluteUri).Append(LineEnd);
        }

        return text.ToString();
    }

    private static void Paragraph(StringBuilder text, string words)
    {
        var column = 0;
        foreach (var word in SingleLine.ToSingleLine(words).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (column > 0)
            {
                var fits = column + 1 + word.Length <= LineLength;
                text.Append(fits ? " " : LineEnd);
                column = fits ? column + 1 : 0;
            }

            text.Append(word);
            column += word.Length;
        }

        text.Append(LineEnd).Append(LineEnd);
    }
}
