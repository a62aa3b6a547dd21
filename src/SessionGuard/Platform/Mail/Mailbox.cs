using System.Net.Mail;
using System.Text;
using SessionGuard.Platform.Text;

namespace SessionGuard.Platform.Mail;

/// <summary>An address that a mail can be sent to: exactly one, bare, without a name, a list or a comment around it.</summary>
internal static class Mailbox
{
    /// <summary>RFC 5321, 4.5.3.1.3: the longest address that fits into a path.</summary>
    private const int Longest = 254;

    /// <returns>The address as somebody wrote it; null when it is missing or wrong, and a required or wrong one is now among the faults.</returns>
    public static string? Read(string? text, string path, ValidationErrors faults, bool required = true)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return PlainText.Read(text, path, Longest, faults, required);
        }

        if (text.Length <= Longest && Parse(text.Trim(' ')) is { } mailbox)
        {
            return mailbox.Address;
        }

        faults.Add(path, "Use one bare mail address, such as robin@school.example.");
        return null;
    }

    /// <summary>Null when <paramref name="address"/> is not one, or one that most servers would refuse: letters beyond ASCII before the @.</summary>
    public static MailAddress? Parse(string address) =>
        MailAddress.TryCreate(address, out var parsed) && parsed.Address == address && Ascii.IsValid(parsed.User) && !address.Any(char.IsControl)
            ? parsed
            : null;
}
