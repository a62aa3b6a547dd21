using SessionGuard.Composition;
using SessionGuard.Platform.Jobs;

namespace SessionGuard.Tests.Platform.Jobs;

public sealed class CronTextTests
{
    [Theory]
    [InlineData(1, "*/1 * * * * *")]
    [InlineData(5, "*/5 * * * * *")]
    [InlineData(30, "*/30 * * * * *")]
    [InlineData(60, "*/1 * * * *")]
    [InlineData(900, "*/15 * * * *")]
    [InlineData(3600, "0 */1 * * *")]
    [InlineData(21600, "0 */6 * * *")]
    public void A_rhythm_is_told_in_seconds_minutes_or_hours(int everySeconds, string expected) =>
        Assert.Equal(expected, CronText.ToCron(ScheduledJob.Each<ScriptedJob>(TimeSpan.FromSeconds(everySeconds), "Scripted")));

    [Fact]
    public void A_daily_job_is_told_by_its_time() => Assert.Equal("5 2 * * *", CronText.ToCron(ScheduledJob.Daily<ScriptedJob>(new TimeOnly(2, 5), "Scripted")));

    [Theory]
    [InlineData(7)]
    [InlineData(90)]
    [InlineData(5400)]
    [InlineData(18000)]
    public void What_cron_cannot_say_is_refused_and_not_rounded(int everySeconds) =>
        Assert.Throws<NotSupportedException>(() => CronText.ToCron(ScheduledJob.Each<ScriptedJob>(TimeSpan.FromSeconds(everySeconds), "Scripted")));

    [Fact]
    public void Every_job_of_the_schedule_can_be_told() => Assert.All(Schedule.All, job => Assert.NotEmpty(CronText.ToCron(job)));
}
