using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Text;

namespace SessionGuard.School.Staff;

/// <summary>A member of staff as somebody wrote them down.</summary>
internal sealed record StaffDetails(string? Name, string? Email, Role? Role)
{
    public const int LongestName = 100;

    /// <returns>The same, tidied; null when something is wrong.</returns>
    public StaffDetails? Check(ValidationErrors faults)
    {
        var name = PlainText.Read(Name, "name", LongestName, faults);
        var email = Mailbox.Read(Email, "email", faults);
        if (Role is null)
        {
            faults.Add("role", "Use teacher, lead, deputy or admin.");
        }

        return name is null || email is null || Role is null ? null : new StaffDetails(name, email, Role);
    }
}
