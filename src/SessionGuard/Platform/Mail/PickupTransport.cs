using Microsoft.Extensions.Options;
using MimeKit;
using SessionGuard.Platform.Hosting;

namespace SessionGuard.Platform.Mail;

/// <summary>Puts each mail into a folder as an <c>.eml</c> file, which any mail reader opens. A file there is always whole.</summary>
internal sealed class PickupTransport(IOptions<MailOptions> mail, IOptions<ServiceOptions> service) : IMailTransport
{
    private static readonly FormatOptions OnTheWire = new() { NewLineFormat = NewLineFormat.Dos, EnsureNewLine = true };

    private readonly string _folder = Path.GetFullPath(
        mail.Value.PickupFolder is { Length: > 0 } folder ? folder : Path.Combine(service.Value.DataFolder, "mail"));

    public async Task<Refusal?> SendAsync(MimeMessage mail, OutboxMessage message, CancellationToken cancellation)
    {
        try
        {
            await WriteAsync(mail, $"{message.Id:N}", cancellation);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Refusal(RefusalKind.ForNow, "The pickup folder cannot be written to.");
        }
    }

    /// <summary>Writes it under a hidden name first. The name sorts by time; a second try replaces the first.</summary>
    private async Task WriteAsync(MimeMessage mail, string name, CancellationToken cancellation)
    {
        Directory.CreateDirectory(_folder);
        var unfinished = Path.Combine(_folder, $".{name}");
        await using (var file = File.Create(unfinished))
        {
            await mail.WriteToAsync(OnTheWire, file, cancellation);
        }

        File.Move(unfinished, Path.Combine(_folder, $"{name}.eml"), overwrite: true);
    }
}
