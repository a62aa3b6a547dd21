using System.Globalization;
using SessionGuard.School.People;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.School.People;

public sealed class AgeTests
{
    [Theory]
    [InlineData("the day before the birthday", "2015-11-25", "2026-11-24", 10)]
    [InlineData("the birthday", "2015-11-24", "2026-11-24", 11)]
    [InlineData("the day after it", "2015-11-23", "2026-11-24", 11)]
    [InlineData("born on a leap day, the day before", "2016-02-29", "2027-02-27", 10)]
    [InlineData("born on a leap day, the last of February", "2016-02-29", "2027-02-28", 11)]
    [InlineData("born on a leap day, in a leap year", "2016-02-29", "2028-02-29", 12)]
    [InlineData("the day of birth", "2026-11-24", "2026-11-24", 0)]
    [InlineData("nobody wrote it down", null, "2026-11-24", null)]
    public void Whole_years(string because, string? born, string day, int? expected)
    {
        var child = new Person
        {
            Id = Guid.CreateVersion7(App.Noon),
            OrganisationId = Guid.CreateVersion7(App.Noon),
            Kind = PersonKind.Child,
            Name = "Maya Jones",
            BornOn = born is null ? null : Day(born),
            CreatedAt = App.Noon,
        };
        Assert.True(expected == child.AgeOn(Day(day)), because);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
