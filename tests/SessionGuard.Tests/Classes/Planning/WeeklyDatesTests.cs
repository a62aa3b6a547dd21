using SessionGuard.Classes.Planning;

namespace SessionGuard.Tests.Classes.Planning;

public sealed class WeeklyDatesTests
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    [Theory]
    [InlineData("the Tuesday before the clocks go forward", "2027-03-23", "17:00", "2027-03-23T17:00 2027-03-30T16:00")]
    [InlineData("the Sunday on which they go forward", "2027-03-21", "10:00", "2027-03-21T10:00 2027-03-28T09:00")]
    [InlineData("the Tuesday before the clocks go back", "2027-10-26", "17:00", "2027-10-26T16:00 2027-11-02T17:00")]
    [InlineData("the Sunday on which they go back", "2027-10-24", "10:00", "2027-10-24T09:00 2027-10-31T10:00")]
    [InlineData("an hour that is held twice is the first of the two", "2027-10-24", "01:30", "2027-10-24T00:30 2027-10-31T00:30")]
    [InlineData("the last minute before the hour that is left out", "2027-03-21", "00:59", "2027-03-21T00:59 2027-03-28T00:59")]
    [InlineData("the first minute after it", "2027-03-21", "02:00", "2027-03-21T02:00 2027-03-28T01:00")]
    public void A_class_keeps_its_hour_when_the_clocks_change(string because, string first, string time, string expected)
    {
        var dates = Of(first, time);

        Assert.Null(dates.Skipped);
        Assert.Equal(expected.Split(' '), dates.Starts.Select(s => $"{s:yyyy-MM-ddTHH:mm}"));
        Assert.All(dates.Starts, start => Assert.True(start.Offset == TimeSpan.Zero, because));
    }

    [Theory]
    [InlineData("2027-03-28", "01:00")]
    [InlineData("2027-03-21", "01:59")]
    public void A_date_on_which_the_hour_is_left_out_is_named(string first, string time) =>
        Assert.Equal(new DateOnly(2027, 3, 28), Of(first, time).Skipped);

    private static WeeklyDates Of(string first, string time) =>
        WeeklyDates.CalculateDates(London, DateOnly.ParseExact(first, "yyyy-MM-dd"), TimeOnly.ParseExact(time, "HH:mm"), 2);
}
