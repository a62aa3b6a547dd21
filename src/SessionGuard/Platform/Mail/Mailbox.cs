using System.Text;
using MimeKit;
using SessionGuard.Platform.Text;

namespace SessionGuard.Platform.Mail;

/// <summary>An address that a mail can be sent to: exactly one, bare, without a name, a list or a comment around it.</summary>
internal static class Mailbox
{
    /// <summary>RFC 5321, 4.5.3.1.3: the longest address that fits into a path.</summary>
    private const int Longest = 254;

    private static readonly ParserOptions Strict = new()
    {
        AddressParserComplianceMode = RfcComplianceMode.Strict,
        AllowAddressesWithoutDomain = false,
        AllowUnquotedCommasInAddresses = false,
    };

    /// <returns>The address as somebody wrote it; null when it is missing or wrong, and a required or wrong one is now among the faults.</returns>
    public static string? Read(string? text, string path, ValidationErrors faults, bool required = true)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return PlainText.Read(text, path, Longest, faults, required);
        }

        if (text.Length <= Longest && text.Trim(' ') is var bare && Parse(bare) is not null)
        {
            return bare;
        }

        faults.Add(path, "Use one bare mail address, such as robin@school.example.");
        return null;
    }

    /// <summary>Null when <paramref name="address"/> is not one, or one that most servers would refuse: letters beyond ASCII before the @.</summary>
    public static MailboxAddress? Parse(string address) =>
        MailboxAddress.TryParse(Strict, address, out var parsed) && IsWhole(parsed, address) && Ascii.IsValid(parsed.LocalPart) && !address.Any(char.IsControl)
            ? parsed
            : null;

    /// <summary>Nothing but the address was read. A domain in its ASCII form is told in its own letters.</summary>
    private static bool IsWhole(MailboxAddress parsed, string address) => parsed.Address == address || parsed.GetAddress(idnEncode: true) == address;
}
