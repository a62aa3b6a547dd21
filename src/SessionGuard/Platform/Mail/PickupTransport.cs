using System.Globalization;
using System.Net.Mail;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;

namespace SessionGuard.Platform.Mail;

/// <summary>Puts each mail into a folder as an <c>.eml</c> file, which any mail reader opens. A file there is always whole.</summary>
internal sealed class PickupTransport(IOptions<MailOptions> mail, IOptions<ServiceOptions> service, TimeProvider clock) : IMailTransport
{
    private readonly string _folder = Path.GetFullPath(
        mail.Value.PickupFolder is { Length: > 0 } folder ? folder : Path.Combine(service.Value.DataFolder, "mail"));

    public async Task<Refusal?> SendAsync(MailMessage mail, OutboxMessage message, CancellationToken cancellation)
    {
        try
        {
            await WriteAsync(mail, $"{message.Id:N}", cancellation);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SmtpException)
        {
            return new Refusal(IsFinal: false, "The pickup folder cannot be written to.");
        }
    }

    /// <summary>Writes it on a desk beside the folder's files first. The name sorts by time; a second try replaces the first.</summary>
    private async Task WriteAsync(MailMessage mail, string name, CancellationToken cancellation)
    {
        var desk = new DirectoryInfo(Path.Combine(_folder, $".{name}"));
        if (desk.Exists)
        {
            desk.Delete(recursive: true);
        }

        desk.Create();
        using var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = desk.FullName };
        await client.SendMailAsync(mail, cancellation);
        var written = desk.GetFiles().Single().FullName;
        await File.WriteAllTextAsync(written, Clean(await File.ReadAllTextAsync(written, cancellation)), cancellation);
        File.Move(written, Path.Combine(_folder, $"{name}.eml"), overwrite: true);
        desk.Delete();
    }

    /// <summary>Drops the framework's own envelope lines, and dates the mail by our clock instead of the machine's.</summary>
    private string Clean(string eml)
    {
        var date = clock.GetUtcNow().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
        var (head, body) = eml.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var end && end >= 0 ? (eml[..end], eml[end..]) : (eml, "");
        var headers = head.Split("\r\n")
            .Where(line => !line.StartsWith("X-Sender:", StringComparison.Ordinal) && !line.StartsWith("X-Receiver:", StringComparison.Ordinal))
            .Select(line => line.StartsWith("Date:", StringComparison.Ordinal) ? $"Date: {date}" : line);
        return string.Join("\r\n", headers) + body;
    }
}
