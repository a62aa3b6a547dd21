using System.Text;
using Microsoft.Extensions.Options;
using MimeKit;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Platform.Text;

namespace SessionGuard.Platform.Mail;

/// <summary>Makes the message that goes on the wire: plain text first, then the same as HTML, and headers that no text can add to.</summary>
internal sealed class MailComposer(IOptions<MailOptions> options, OrganisationDirectory directory, SecretBox box, TimeProvider clock)
{
    /// <summary>RFC 5322's limit for a line, without its end.</summary>
    private const int LongestLine = 998;

    public MimeMessage Compose(OutboxMessage message, MailboxAddress to)
    {
        var school = SingleLine.ToSingleLine(directory.ById(message.OrganisationId)?.Name ?? "");
        var mail = new MimeMessage { Subject = message.Subject, Date = clock.GetUtcNow(), Body = Body(message) };
        mail.From.Add(new MailboxAddress(Encoding.UTF8, school, options.Value.Sender));
        mail.To.Add(to);
        // As a header: the message's own property spells the name in a way that RFC 5322 does not.
        mail.Headers.Replace(new Header("Message-ID", message.MessageId));
        // RFC 3834: nobody's holiday notice answers this.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        if (message.SealedStopAddress is { } stop)
        {
            SetStop(mail, box.Open(stop));
        }

        // As it is where that is safe: a person who opens a pickup file can copy a link from it.
        mail.Prepare(EncodingConstraint.SevenBit, LongestLine);
        return mail;
    }

    private Multipart Body(OutboxMessage message)
    {
        var words = new MultipartAlternative { Text("plain", box.Open(message.SealedText!)), Text("html", box.Open(message.SealedHtml!)) };
        return message.SealedCalendar is { } calendar ? new Multipart("mixed") { words, Calendar(box.Open(calendar)) } : words;
    }

    private static TextPart Text(string kind, string words)
    {
        var part = new TextPart(kind);
        part.SetText(Encoding.UTF8, words);
        return part;
    }

    /// <summary>RFC 2369, and RFC 8058 for a press without a page, which is for https alone.</summary>
    private static void SetStop(MimeMessage mail, string address)
    {
        mail.Headers.Add("List-Unsubscribe", $"<{address}>");
        if (address.StartsWith("https:", StringComparison.Ordinal))
        {
            mail.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
    }

    /// <summary>
    /// A file beside the letter, not another form of it: of several forms readers show only the one they like best, and that must stay the
    /// words.
    /// </summary>
    private static TextPart Calendar(string text)
    {
        var file = Text("calendar", text);
        file.ContentType.Name = "class.ics";
        file.ContentType.Parameters["method"] = "PUBLISH";
        file.ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = "class.ics" };
        file.ContentTransferEncoding = ContentEncoding.Base64;
        return file;
    }
}
