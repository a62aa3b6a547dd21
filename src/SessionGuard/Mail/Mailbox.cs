using System.Net.Mail;
using System.Text;

namespace SessionGuard.Mail;

/// <summary>An address that a mail can be sent to: exactly one, bare, without a name, a list or a comment around it.</summary>
internal static class Mailbox
{
    /// <summary>Null when <paramref name="address"/> is not one, or one that most servers would refuse: letters beyond ASCII before the @.</summary>
    public static MailAddress? Parse(string address) =>
        MailAddress.TryCreate(address, out var parsed) && parsed.Address == address && Ascii.IsValid(parsed.User) && !address.Any(char.IsControl)
            ? parsed
            : null;
}
