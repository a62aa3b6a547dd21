using System.ComponentModel.DataAnnotations;
using MailKit.Security;

namespace SessionGuard.Platform.Mail;

internal enum MailMode
{
    /// <summary>Each mail becomes an <c>.eml</c> file in a folder; nothing leaves the machine.</summary>
    Pickup,

    /// <summary>Mail leaves through the school's or host's own mail server.</summary>
    Smtp,
}

internal sealed class MailOptions
{
    /// <summary>How mail leaves: <c>Pickup</c> (default) or <c>Smtp</c>.</summary>
    public MailMode Mode { get; init; } = MailMode.Pickup;

    /// <summary>The bare address mail comes from; the school's name stands before it. <c>Smtp</c> has no default.</summary>
    /// <remarks>It must be one the mail server may send for (SPF, DKIM), or families find their mail among the junk.</remarks>
    public string From { get; init; } = "";

    /// <summary>Where <c>Pickup</c> puts its files. Default: <c>mail</c> in the data folder.</summary>
    public string PickupFolder { get; init; } = "";

    /// <summary>How many mails leave side by side. 1 to 256; default 8. One school never takes more than a quarter of them.</summary>
    [Range(1, 256)]
    public int SideBySide { get; init; } = 8;

    public SmtpOptions Smtp { get; init; } = new();

    /// <summary>Who the mail is from; where nothing leaves the machine, a name of it will do.</summary>
    public string Sender => From.Length > 0 ? From : "sessionguard@localhost";
}

/// <summary>The mail server that takes our mail.</summary>
internal sealed class SmtpOptions
{
    /// <summary>RFC 8314, 3.3: where a connection is encrypted from its first byte.</summary>
    private const int ImplicitTlsPort = 465;

    public string Host { get; init; } = "";

    /// <summary>Default 587, where servers take mail from those who sign in. 465: encrypted from the first byte (implicit TLS).</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 587;

    /// <summary>Empty: do not sign in.</summary>
    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>
    /// Send nothing until the connection is encrypted. Default true; a server that does not offer it gets no mail. On port 465 it makes no
    /// difference: there all is encrypted.
    /// </summary>
    public bool StartTls { get; init; } = true;

    /// <summary>How long one mail may take from connecting to the server's last word. 1 second to 5 minutes; default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Never "if the server offers it": somebody on the way could make it not offer it.</summary>
    public SecureSocketOptions Encryption =>
        Port == ImplicitTlsPort ? SecureSocketOptions.SslOnConnect
        : StartTls ? SecureSocketOptions.StartTls
        : SecureSocketOptions.None;
}
