using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Platform.Text;
using SessionGuard.Safeguarding.Families;
using SessionGuard.School.People;

namespace SessionGuard.Safeguarding.Reminders;

/// <summary>Who is written to.</summary>
internal abstract record Reader(Person Person);

/// <summary>Who is asked about whom.</summary>
/// <param name="Children">Those of the carer's children for whom nobody has answered.</param>
internal sealed record AskedFamily(FamilyClass Class, Person Carer, IReadOnlyList<Person> Children) : Reader(Carer)
{
    /// <summary>When an older answer thought that the class would begin; null when it has not moved since.</summary>
    public DateTimeOffset? MovedFrom { get; init; }
}

internal sealed record FamilyAddresses(Uri Confirm, Uri Join, Uri StopReminders);

/// <summary>The mail that asks. First names only, and none in the subject: that is read on locked screens.</summary>
internal static class AskLetter
{
    public static readonly MailPurpose Purpose = MailPurpose.Declare("ask", "A family was not asked about a class");

    /// <param name="everyChild">All children of the class: its name may be one of theirs.</param>
    public static Letter Write(
        KnownOrganisation school, AskedFamily asked, IEnumerable<Person> everyChild, FamilyAddresses addresses, DateTimeOffset now)
    {
        var (own, session) = (asked.Class, asked.Class.Session);
        var time = new LocalTime(school.TimeZone, now);
        var name = ClassWords.ForSubject(own.Series.Name, everyChild);
        return new Letter
        {
            OrganisationId = school.Id,
            SchoolName = school.Name,
            To = asked.Carer.Email!,
            Purpose = Purpose,
            Subject = asked.MovedFrom is { } old
                ? $"New time for {name ?? $"the class on {time.Day(old)}"}"
                : $"{ClassWords.Titled(name, time.Weekday(session.Start))}: will an adult be there?",
            FirstLine = asked.MovedFrom is { } before
                ? $"The class has moved. It was {time.Day(before)}, {time.Time(before)}. It is now {time.Full(session.Start)}. {ClassWords.Question(own.Series.PresenceMode, asked.Children)}"
                : ClassWords.Question(own.Series.PresenceMode, asked.Children, time.Full(session.Start)),
            Paragraphs =
            [
                $"Class: {name ?? "online, over Zoom"}{(own.Teacher is { } teacher ? $", with {teacher}" : "")}.",
                "It takes one tap, and you need no account. If somebody else will be there, or you cannot come, say so there too.",
                "You can change your answer until the class begins.",
            ],
            Button = new LetterButton("Open to answer", addresses.Confirm),
            Contact = ClassWords.Questions(school),
            WhyYouGetThis = $"You get this because {ClassWords.Names(asked.Children)} {(asked.Children.Count == 1 ? "is" : "are")} in this class and the school has your address for the family.",
            StopAddress = addresses.StopReminders,
            Calendar = Entry(school, session, name, time, addresses.Join),
        };
    }

    /// <summary>The class in the reader's calendar.</summary>
    public static CalendarEntry Entry(KnownOrganisation school, Session session, string? name, LocalTime time, Uri join) => new(
        session.Id, session.TimeVersion - 1, session.Start, session.End, $"{name ?? "Class"} ({school.Name})",
        $"Join here, from {time.Time(session.Start - SessionPlan.Early)}: {join.AbsoluteUri}", join);
}
