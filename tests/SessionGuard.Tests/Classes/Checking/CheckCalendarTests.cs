using SessionGuard.Classes.Sessions;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Classes.Checking;

public sealed class CheckCalendarTests
{
    [Fact]
    public void A_class_within_a_week_is_looked_at_every_quarter_of_an_hour() =>
        Assert.Equal(App.Noon.AddMinutes(15), CheckCalendar.Next(App.Noon.AddDays(7), App.Noon));

    [Fact]
    public void One_further_off_is_looked_at_when_its_week_begins() =>
        Assert.Equal(App.Noon.AddDays(1), CheckCalendar.Next(App.Noon.AddDays(8), App.Noon));

    [Fact]
    public void With_nothing_ahead_nothing_is_due() => Assert.Null(CheckCalendar.Next(null, App.Noon));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 15)]
    [InlineData(50, 15)]
    public void After_failures_it_is_tried_again_more_patiently(int failures, int minutes) =>
        Assert.Equal(App.Noon.AddMinutes(minutes), CheckCalendar.AfterFailures(failures, null, App.Noon));

    [Fact]
    public void Never_before_Zoom_said() =>
        Assert.Equal(App.Noon.AddHours(3), CheckCalendar.AfterFailures(1, App.Noon.AddHours(3), App.Noon));
}
