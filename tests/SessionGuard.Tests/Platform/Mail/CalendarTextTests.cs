using System.Text;
using CsCheck;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Text;

namespace SessionGuard.Tests.Platform.Mail;

public sealed class CalendarTextTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 3, 17, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public void Instants_are_in_UTC_and_the_sequence_tells_a_later_version()
    {
        var file = Write("Ballet");
        Assert.StartsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", file, StringComparison.Ordinal);
        Assert.EndsWith("END:VEVENT\r\nEND:VCALENDAR\r\n", file, StringComparison.Ordinal);
        Assert.Contains("\r\nDTSTART:20260303T160000Z\r\nDTEND:20260303T170000Z\r\n", file, StringComparison.Ordinal);
        Assert.Contains("\r\nSEQUENCE:2\r\n", file, StringComparison.Ordinal);
        Assert.Contains("\r\nMETHOD:PUBLISH\r\n", file, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ballet, ages 7; 8", @"Ballet\, ages 7\; 8")]
    [InlineData(@"C:\new", @"C:\\new")]
    [InlineData("Ballet\r\nATTENDEE:mailto:x@evil.test", "Ballet  ATTENDEE:mailto:x@evil.test")]
    [InlineData("Ballet\u2028END:VEVENT", "Ballet END:VEVENT")]
    public void What_could_end_a_line_or_a_value_is_text(string name, string written) =>
        Assert.Contains($"\r\nSUMMARY:{written}\r\n", Write(name), StringComparison.Ordinal);

    // "SUMMARY:" is 8 octets of 75.
    [Theory]
    [InlineData("one octet under", "x", 66, 1)]
    [InlineData("exactly a line", "x", 67, 1)]
    [InlineData("one octet over", "x", 68, 2)]
    [InlineData("of two octets, one would be split", "é", 34, 2)]
    [InlineData("of four octets", "🎵", 17, 2)]
    [InlineData("many lines", "山", 100, 5)]
    public void A_long_line_goes_on_in_the_next_and_no_character_is_split(string because, string letter, int times, int lines)
    {
        var name = string.Concat(Enumerable.Repeat(letter, times));
        var written = Write(name)[..].Split("\r\n").SkipWhile(l => !l.StartsWith("SUMMARY:", StringComparison.Ordinal)).ToList();
        var folded = written.Take(1).Concat(written.Skip(1).TakeWhile(l => l.StartsWith(' '))).ToList();

        Assert.Equal((because, lines), (because, folded.Count));
        Assert.All(folded, line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 1, 75));
        Assert.Equal($"SUMMARY:{name}", string.Concat(folded.Select((l, i) => i == 0 ? l : l[1..])));
    }

    [Fact]
    public void Whatever_a_class_is_called_stays_in_its_one_value() => AnyText.Texts.Sample(
        name =>
        {
            var file = Write(name);
            var values = file.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");

            Assert.All(file.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
            Assert.DoesNotContain('\uFFFD', file.Except(name));
            Assert.Equal(Write("").Split("\r\n").Select(NameOf), values.Select(NameOf));
            Assert.Equal(SingleLine.ToSingleLine(name), values.Single(v => NameOf(v) == "SUMMARY")["SUMMARY:".Length..]
                .Replace("\\,", ",", StringComparison.Ordinal).Replace("\\;", ";", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal));
        },
        iter: 1000);

    private static string NameOf(string value) => value.Split(':')[0];

    private static string Write(string summary) => CalendarText.Write(
        new CalendarEntry(Guid.Empty, 2, Start, Start.AddHours(1), summary, "Join here", new Uri("https://lessons.alder.example/j/abc")), Start);
}
