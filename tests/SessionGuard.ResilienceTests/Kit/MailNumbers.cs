using System.Globalization;
using System.Text.RegularExpressions;
using SessionGuard.Tests.Platform.Mail;

namespace SessionGuard.ResilienceTests.Kit;

internal static partial class MailNumbers
{
    /// <summary>The number in an address such as <c>carer17@families.example</c>.</summary>
    public static int NumberIn(this ReceivedMail mail, string header) =>
        int.Parse(Number().Match(mail.Header(header)).Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("[0-9]+(?=@)")]
    private static partial Regex Number();
}
