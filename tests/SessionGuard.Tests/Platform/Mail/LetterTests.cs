using System.Text;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Mail;

public sealed class LetterTests
{
    [Fact]
    public async Task Text_and_html_say_the_same()
    {
        var mail = await SentAsync(letter => letter);

        Assert.Equal(mail.TextWords, mail.HtmlWords);
        Assert.StartsWith("Will an adult be with Maya on Tuesday at 5.00pm?", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Open to answer:\r\nhttps://lessons.alder.example/c/abc?x=1&y=2\r\n", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_of_every_script_arrive_as_they_were_written()
    {
        var mail = await SentAsync(letter => letter with { FirstLine = "Żółć, 山田, €5 – “quoted” 👩‍👧", SchoolName = "Écôle" });

        Assert.StartsWith("Żółć, 山田, €5 – “quoted” 👩‍👧", mail.TextWords, StringComparison.Ordinal);
        Assert.Equal(mail.TextWords, mail.HtmlWords);
    }

    [Fact]
    public async Task A_long_subject_of_any_script_is_folded_and_read_whole()
    {
        var subject = string.Join(' ', Enumerable.Repeat("Żółć 👩‍👧 ballet", 40));
        var mail = await SentAsync(letter => letter with { Subject = subject });

        Assert.Equal(subject, mail.Header("Subject"));
        Assert.All(mail.Raw.Split("\r\n\r\n")[0].Split("\r\n"), line => Assert.InRange(line.Length, 1, 100));
        Assert.True(Ascii.IsValid(mail.Raw));
    }

    [Theory]
    [InlineData("https://lessons.alder.example/stop/", new[] { "List-Unsubscribe", "List-Unsubscribe-Post" })]
    [InlineData("http://localhost:5000/stop/", new[] { "List-Unsubscribe" })]
    public async Task A_mail_that_can_be_stopped_says_where_in_one_piece_however_long(string start, string[] headers)
    {
        var stop = new Uri(start + new string('x', 300));
        var mail = await SentAsync(letter => letter with { StopAddress = stop });

        Assert.Equal($"<{stop}>", mail.Header("List-Unsubscribe"));
        Assert.Equal(headers, mail.Headers.Select(h => h.Name).Where(name => name.StartsWith("List-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Markup_in_a_name_stays_text()
    {
        var mail = await SentAsync(letter => letter with { FirstLine = "<script>alert(1)</script> & \"<img src=x>\"" });

        Assert.DoesNotContain("<script", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", mail.Html, StringComparison.Ordinal);
        Assert.Equal(mail.TextWords, mail.HtmlWords);
    }

    [Fact]
    public async Task Html_asks_nobody_for_anything_and_leaves_colours_to_the_reader()
    {
        var mail = await SentAsync(letter => letter);

        Assert.DoesNotContain("<img", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", mail.Html, StringComparison.Ordinal);
        Assert.Single(mail.Html.Split("http").Skip(1));
        Assert.Contains("color-scheme: light dark", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_text_is_wrapped_and_a_name_cannot_start_a_line_of_its_own()
    {
        var words = string.Join(' ', Enumerable.Repeat("wonderful", 40));
        var mail = await SentAsync(letter => letter with { Paragraphs = [words, "Maya\r\n\r\nRing 0900 instead.", ".", new string('x', 1200)] });

        Assert.All(mail.Text.Split("\r\n"), line => Assert.True(line.Length <= 78 || !line.Contains(' ', StringComparison.Ordinal)));
        Assert.DoesNotContain('\n', mail.Text.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.Contains("Maya Ring 0900 instead.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("\r\n.\r\n", mail.Text, StringComparison.Ordinal);
        Assert.Equal(mail.TextWords, mail.HtmlWords);
        Assert.All(mail.Raw.Split("\r\n"), line => Assert.True(line.Length <= 998));
    }

    [Fact]
    public async Task Line_of_one_dot_does_not_end_the_mail()
    {
        await using var server = new ScriptedSmtpServer();
        await using var app = await App.StartAsync(StorageEngine.Sqlite, server.Settings);
        await app.QueueAsync(Letters.To(app, "sam@family.example") with { Paragraphs = [".", "..", "After the dots."] });
        await app.RunAsync<SendMailJob>();

        Assert.Contains("\r\n.\r\n\r\n..\r\n\r\nAfter the dots.", Assert.Single(server.Messages).Text, StringComparison.Ordinal);
    }

    private static async Task<ReceivedMail> SentAsync(Func<Letter, Letter> change)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        await app.QueueAsync(change(Letters.To(app, "sam@family.example")));
        await app.RunAsync<SendMailJob>();
        return Assert.Single(ReceivedMail.In(app.Folder));
    }
}
