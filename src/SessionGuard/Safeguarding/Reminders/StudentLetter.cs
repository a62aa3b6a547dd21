using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Platform.Text;
using SessionGuard.Safeguarding.Families;
using SessionGuard.School.People;

namespace SessionGuard.Safeguarding.Reminders;

/// <summary>An adult student who is told of their class.</summary>
/// <param name="HasMoved">They were told another time before.</param>
internal sealed record ToldStudent(StudentClass Class, Person Student, bool HasMoved) : Reader(Student);

/// <summary>The mail that tells an adult student when their class is, and how they join it.</summary>
internal static class StudentLetter
{
    public static readonly MailPurpose Purpose = MailPurpose.Declare("student-reminder", "A student was not told of a class");

    /// <param name="everyChild">All children of the class: its name may be one of theirs.</param>
    public static Letter Write(
        KnownOrganisation school, ToldStudent told, IEnumerable<Person> everyChild, Uri join, Uri stopReminders, DateTimeOffset now)
    {
        var (own, session) = (told.Class, told.Class.Session);
        var time = new LocalTime(school.TimeZone, now);
        var name = ClassWords.ForSubject(own.Series.Name, everyChild);
        return new Letter
        {
            OrganisationId = school.Id,
            SchoolName = school.Name,
            To = told.Student.Email!,
            Purpose = Purpose,
            Subject = told.HasMoved ? $"New time for {name ?? "your class"}" : $"{ClassWords.Titled(name, time.Weekday(session.Start))}: your link to join",
            FirstLine = told.HasMoved ? $"Your class has moved. It is now {time.Full(session.Start)}." : $"Your class is {time.Full(session.Start)}.",
            Paragraphs =
            [
                $"Class: {name ?? "online, over Zoom"}{(own.Teacher is { } teacher ? $", with {teacher}" : "")}.",
                $"You can join from {time.Time(session.Start - SessionPlan.Early)}. Your link stays the same for every class. Please keep it to yourself: it tells the teacher that it is you.",
            ],
            Button = new LetterButton("Open your class", join),
            Contact = ClassWords.Questions(school),
            WhyYouGetThis = "You get this because you have a place in this class.",
            StopAddress = stopReminders,
            Calendar = AskLetter.Entry(school, session, name, time, join),
        };
    }
}
