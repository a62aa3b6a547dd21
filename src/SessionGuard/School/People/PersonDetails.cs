using System.Globalization;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Text;

namespace SessionGuard.School.People;

/// <summary>A person as somebody wrote them down.</summary>
/// <param name="BornOn">Such as <c>2016-05-01</c>; of children only.</param>
/// <param name="Reference">The school's own number for the person.</param>
internal sealed record PersonDetails(
    PersonKind? Kind, string? Name, string? ScreenName = null, string? BornOn = null, string? Email = null, string? Phone = null, string? Reference = null)
{
    public const int LongestName = 100;

    /// <summary>Zoom takes 64 characters and shows far fewer.</summary>
    public const int LongestScreenName = 40;

    public const int LongestReference = 64;

    private const int LongestPhone = 40;
    private const int OfAge = 18;
    private const int OldestChild = 30;

    /// <summary>Puts what can be used into a <see cref="CheckedPerson"/>.</summary>
    /// <param name="today">By the school's calendar.</param>
    /// <returns>Null when something is wrong.</returns>
    public CheckedPerson? Check(DateOnly today, ValidationErrors faults)
    {
        var before = faults.Count;
        if (Kind is null)
        {
            faults.Add("kind", "Use child, carer or adult-student.");
            return null; // what else is needed hangs on it
        }

        var isChild = Kind is PersonKind.Child;
        var found = new CheckedPerson(
            Kind.Value,
            PlainText.Read(Name, "name", LongestName, faults) ?? "",
            PlainText.Read(ScreenName, "screenName", LongestScreenName, faults, required: false),
            CheckBirthday(isChild, today, faults),
            isChild ? Absent(Email, "email", faults) : Mailbox.Read(Email, "email", faults, required: false),
            isChild ? Absent(Phone, "phone", faults) : PlainText.Read(Phone, "phone", LongestPhone, faults, required: false),
            PlainText.Read(Reference, "reference", LongestReference, faults, required: false));
        return faults.Count == before ? found : null;
    }

    private DateOnly? CheckBirthday(bool isChild, DateOnly today, ValidationErrors faults)
    {
        if (!isChild)
        {
            Absent(BornOn, "bornOn", faults, "A date of birth is kept of children only.");
            return null;
        }

        if (!DateOnly.TryParseExact(BornOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            faults.Add("bornOn", "A child needs a date of birth, such as 2016-05-01.");
            return null;
        }

        var fault = day switch
        {
            _ when day >= today => "A date of birth lies in the past.",
            _ when day.AddYears(OldestChild) <= today => "This is no child's date of birth: look at the year.",
            _ when day.AddYears(OfAge) <= today => "They are 18 or older: enter them as an adult-student, without a date of birth.",
            _ => null,
        };
        if (fault is not null)
        {
            faults.Add("bornOn", fault);
        }

        return day;
    }

    private static string? Absent(string? value, string path, ValidationErrors faults, string fault = "It is kept of the child's carers, not of the child.")
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            faults.Add(path, fault);
        }

        return null;
    }
}

/// <summary>Details in which nothing is wrong.</summary>
internal sealed record CheckedPerson(
    PersonKind Kind, string Name, string? ScreenName, DateOnly? BornOn, string? Email, string? Phone, string? Reference);
