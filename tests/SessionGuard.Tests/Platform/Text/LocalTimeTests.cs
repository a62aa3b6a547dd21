using System.Globalization;
using SessionGuard.Platform.Text;

namespace SessionGuard.Tests.Platform.Text;

public sealed class LocalTimeTests
{
    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    private static LocalTime In(string zone, string now = "2026-03-03T12:00Z") => new(TimeZoneInfo.FindSystemTimeZoneById(zone), At(now));

    [Theory]
    [InlineData("Europe/London", "2026-03-04T17:00Z", "Wednesday 4 March, 5.00pm (UK time)")]
    [InlineData("Europe/London", "2026-07-04T17:00Z", "Saturday 4 July, 6.00pm (UK time)")]
    [InlineData("Europe/London", "2026-03-04T00:05Z", "Wednesday 4 March, 12.05am (UK time)")]
    [InlineData("Europe/London", "2027-01-04T12:30Z", "Monday 4 January 2027, 12.30pm (UK time)")]
    [InlineData("Europe/Paris", "2026-03-04T17:00Z", "Wednesday 4 March, 6.00pm (Paris time)")]
    [InlineData("America/New_York", "2026-03-04T17:00Z", "Wednesday 4 March, 12.00pm (New York time)")]
    [InlineData("Etc/UTC", "2026-03-04T17:00Z", "Wednesday 4 March, 5.00pm (UTC)")]
    public void An_instant_reads_as_people_in_the_schools_zone_say_it(string zone, string instant, string expected) =>
        Assert.Equal(expected, In(zone).Full(At(instant)));

    [Fact]
    public void Tables_use_the_day_of_24_hours()
    {
        var time = In("Europe/London");
        Assert.Equal("17:00", time.Clock(At("2026-03-04T17:00Z")));
        Assert.Equal("Wed 4 Mar, 17:00", time.Short(At("2026-03-04T17:00Z")));
        Assert.Equal("Thu 4 Mar 2027, 17:00", time.Short(At("2027-03-04T17:00Z")));
    }

    [Theory]
    [InlineData("Europe/London", "2026-03-29", "2026-03-29T00:00Z")] // the clocks go forward at one
    [InlineData("Europe/London", "2026-03-30", "2026-03-29T23:00Z")]
    [InlineData("Europe/London", "2026-10-25", "2026-10-24T23:00Z")] // and back
    [InlineData("Europe/London", "2026-10-26", "2026-10-26T00:00Z")]
    [InlineData("America/Santiago", "2026-09-06", "2026-09-06T04:00Z")] // midnight is skipped: the day starts at one
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00Z")] // midnight comes twice: the day starts with the first
    public void A_day_starts_at_its_first_instant(string zone, string day, string expected) =>
        Assert.Equal(At(expected), In(zone).GetStart(DateOnly.Parse(day, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("Europe/London", "2027-03-28", "07:00", "2027-03-28T06:00Z")] // an hour of this day is skipped
    [InlineData("Europe/London", "2027-10-31", "07:00", "2027-10-31T07:00Z")] // and an hour of this one comes twice
    [InlineData("Europe/London", "2027-03-28", "01:30", "2027-03-28T01:00Z")] // never shown: the first instant after it
    [InlineData("Europe/London", "2027-10-31", "01:30", "2027-10-31T00:30Z")] // shown twice: the first counts
    [InlineData("Australia/Lord_Howe", "2027-10-03", "02:10", "2027-10-02T15:30Z")] // half an hour is skipped
    [InlineData("Asia/Kathmandu", "2027-01-01", "07:00", "2027-01-01T01:15Z")]
    public void A_time_of_day_is_the_first_instant_at_which_clocks_show_it_or_have_passed_it(string zone, string day, string time, string expected) =>
        Assert.Equal(At(expected), In(zone).At(DateOnly.Parse(day, CultureInfo.InvariantCulture), TimeOnly.Parse(time, CultureInfo.InvariantCulture)));

    [Fact]
    public void Today_is_the_schools_day_and_not_that_of_utc() =>
        Assert.Equal(new DateOnly(2026, 7, 2), In("Europe/London", "2026-07-01T23:30Z").Today);
}
