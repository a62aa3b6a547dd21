using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Platform.Text;

namespace SessionGuard.Platform.Mail;

/// <summary>Makes the message that goes on the wire: plain text first, then the same as HTML, and headers that no text can add to.</summary>
internal sealed class MailComposer(IOptions<MailOptions> options, OrganisationDirectory directory, SecretBox box)
{
    /// <summary>RFC 5322's limit for a line, without its end.</summary>
    private const int LongestLine = 998;

    public MailMessage Compose(OutboxMessage message, MailAddress to)
    {
        var school = SingleLine.ToSingleLine(directory.ById(message.OrganisationId)?.Name ?? "");
        var text = box.Open(message.SealedText!);
        var mail = new MailMessage(new MailAddress(options.Value.Sender, school, Encoding.UTF8), to)
        {
            Subject = message.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = text,
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = GetTransfer(text),
        };
        mail.Headers["Message-ID"] = message.MessageId;
        // RFC 3834: nobody's holiday notice answers this.
        mail.Headers["Auto-Submitted"] = "auto-generated";
        if (message.SealedStopAddress is { } stop)
        {
            SetStop(mail, box.Open(stop));
        }

        mail.AlternateViews.Add(Html(box.Open(message.SealedHtml!)));
        if (message.SealedCalendar is { } calendar)
        {
            mail.Attachments.Add(Calendar(box.Open(calendar)));
        }

        return mail;
    }

    private static AlternateView Html(string html)
    {
        var view = AlternateView.CreateAlternateViewFromString(html, Encoding.UTF8, MediaTypeNames.Text.Html);
        view.TransferEncoding = GetTransfer(html);
        return view;
    }

    /// <summary>RFC 2369, and RFC 8058 for a press without a page, which is for https alone.</summary>
    private static void SetStop(MailMessage mail, string address)
    {
        mail.Headers["List-Unsubscribe"] = $"<{address}>";
        if (address.StartsWith("https:", StringComparison.Ordinal))
        {
            mail.Headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
        }
    }

    /// <summary>
    /// A file beside the letter, not another form of it: of several forms readers show only the one they like best, and that must stay the
    /// words.
    /// </summary>
    private static Attachment Calendar(string text)
    {
        var type = new ContentType("text/calendar") { CharSet = "utf-8", Name = "class.ics" };
        type.Parameters["method"] = "PUBLISH";
        var file = new Attachment(new MemoryStream(Encoding.UTF8.GetBytes(text)), type) { TransferEncoding = TransferEncoding.Base64 };
        file.ContentDisposition!.FileName = "class.ics";
        return file;
    }

    /// <summary>As it is where that is safe. Not quoted-printable: the framework writes its line ends as text, against RFC 2045.</summary>
    private static TransferEncoding GetTransfer(string body) =>
        Ascii.IsValid(body) && body.Split("\r\n").All(line => line.Length <= LongestLine) ? TransferEncoding.SevenBit : TransferEncoding.Base64;
}
