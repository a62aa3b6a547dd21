using SessionGuard.Platform.Text;
using SessionGuard.School.People;

namespace SessionGuard.Safeguarding.Families;

/// <summary>What stands over a page about one class.</summary>
/// <param name="Children">Whom it is about; none for an adult student.</param>
internal sealed record ClassHeading(string? Name, string? Teacher, DateTimeOffset Start, IReadOnlyList<Person> Children, LocalTime Time)
{
    public static ClassHeading CreateHeading(FamilyClass own, LocalTime time) => new(own.Series.Name, own.Teacher, own.Session.Start, own.Children, time);

    public static ClassHeading CreateHeading(StudentClass own, LocalTime time) => new(own.Series.Name, own.Teacher, own.Session.Start, [], time);
}
