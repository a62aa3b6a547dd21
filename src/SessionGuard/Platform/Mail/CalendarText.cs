using System.Globalization;
using System.Text;
using SessionGuard.Platform.Text;

namespace SessionGuard.Platform.Mail;

/// <summary>A <see cref="CalendarEntry"/> as an iCalendar file (RFC 5545).</summary>
internal static class CalendarText
{
    /// <summary>RFC 5545, 3.1: octets in a line, its end not counted.</summary>
    private const int LineOctets = 75;

    /// <param name="now">When the file is written.</param>
    public static string Write(CalendarEntry entry, DateTimeOffset now)
    {
        var file = new StringBuilder();
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//SessionGuard//Classes//EN");
        Line("METHOD:PUBLISH");
        Line("BEGIN:VEVENT");
        Line($"UID:{entry.Id}@{entry.Address.IdnHost}");
        Line($"DTSTAMP:{Utc(now)}");
        Line($"SEQUENCE:{entry.Sequence.ToString(CultureInfo.InvariantCulture)}");
        Line($"DTSTART:{Utc(entry.Start)}");
        Line($"DTEND:{Utc(entry.End)}");
        Line($"SUMMARY:{Text(entry.Summary)}");
        Line($"DESCRIPTION:{Text(entry.Description)}");
        Line($"URL:{entry.Address.AbsoluteUri}");
        Line("END:VEVENT");
        Line("END:VCALENDAR");
        return file.ToString();
        void Line(string content) => Fold(file, content);
    }

    /// <summary>In UTC: a zone of our own would need its rules in the file, and readers differ in what they make of them.</summary>
    private static string Utc(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>3.3.11. What could end the line is no part of a text here.</summary>
    private static string Text(string words) => SingleLine.ToSingleLine(words)
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal);

    /// <summary>Goes on in the next line after a space, and never within a character: a reader joins octets, not letters.</summary>
    private static void Fold(StringBuilder file, string content)
    {
        var octets = 0;
        foreach (var rune in content.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LineOctets)
            {
                file.Append("\r\n ");
                octets = 1;
            }

            file.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        file.Append("\r\n");
    }
}
