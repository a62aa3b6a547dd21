using System.Net;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace SessionGuard.Platform.Mail;

/// <summary>Stops a start whose mail could never leave, with a sentence that names the key. Ranges stand on the options themselves.</summary>
internal sealed class MailOptionsCheck : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(MailOptions options)
    {
        if (options.From.Length > 0 && Mailbox.Parse(options.From) is null)
        {
            yield return "Mail:From is not a mail address: write it bare, such as safeguarding@school.example.";
        }

        if (options.Mode is MailMode.Smtp && options.From.Length == 0)
        {
            yield return "Mail:From is empty. With Mail:Mode Smtp it needs the address that mail comes from.";
        }

        if (options.Mode is MailMode.Smtp && options.Smtp.Host.Length == 0)
        {
            yield return "Mail:Smtp:Host is empty. With Mail:Mode Smtp it needs the name of your mail server.";
        }

        if (options.Smtp.Encryption is SecureSocketOptions.None && options.Smtp.Password.Length > 0 && !IsThisMachine(options.Smtp.Host))
        {
            yield return "Mail:Smtp:StartTls is false and Mail:Smtp:Password is set: the password would travel in clear. Leave one of them out.";
        }
    }

    private static bool IsThisMachine(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
