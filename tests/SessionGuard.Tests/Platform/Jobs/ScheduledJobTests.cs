using SessionGuard.Composition;
using SessionGuard.Platform.Jobs;

namespace SessionGuard.Tests.Platform.Jobs;

public sealed class ScheduledJobTests
{
    [Theory]
    [InlineData("2026-11-24T01:59:59Z", "2026-11-24T02:00:00Z")]
    [InlineData("2026-11-24T02:00:00Z", "2026-11-24T02:00:00Z")]
    [InlineData("2026-11-24T02:00:01Z", "2026-11-25T02:00:00Z")]
    public void A_daily_job_waits_for_its_time_of_day(string now, string first) =>
        Assert.Equal(At(first), new ScheduledJob(typeof(IJob), "Do it", TimeSpan.FromDays(1), new TimeOnly(2, 0)).FirstFrom(At(now)));

    [Fact]
    public void A_job_without_a_time_of_day_starts_with_the_service() =>
        Assert.Equal(At("2026-11-24T02:00:01Z"), new ScheduledJob(typeof(IJob), "Do it", TimeSpan.FromSeconds(5)).FirstFrom(At("2026-11-24T02:00:01Z")));

    [Fact]
    public void Each_scheduled_job_has_a_name_of_its_own() =>
        Assert.Equal(Schedule.All.Count, Schedule.All.Select(j => j.Name).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void Each_scheduled_job_has_a_title_of_its_own_in_words()
    {
        Assert.All(Schedule.All, job => Assert.Matches("^[A-Z][a-zA-Z’ ]+$", job.Title));
        Assert.Empty(Schedule.All.Select(j => j.Title).Intersect(Schedule.All.Select(j => j.Name)));
        Assert.Equal(Schedule.All.Count, Schedule.All.Select(j => j.Title).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Every_job_class_is_in_the_schedule() =>
        Assert.Equal(
            typeof(IJob).Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(IJob))).Select(t => t.FullName).Order(),
            Schedule.All.Select(j => j.Job.FullName).Order());

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);
}
