using SessionGuard.Composition;
using SessionGuard.Platform.Jobs;

namespace SessionGuard.Tests.Platform.Jobs;

public sealed class CronTextTests
{
    [Theory]
    [InlineData(1, 0, "0/1 * * * * *")]
    [InlineData(5, 0, "0/5 * * * * *")]
    [InlineData(5, 7, "2/5 * * * * *")]
    [InlineData(30, 2, "2/30 * * * * *")]
    [InlineData(60, 8, "8 0/1 * * * *")]
    [InlineData(300, 7, "7 2/5 * * * *")]
    [InlineData(900, 61, "1 1/15 * * * *")]
    [InlineData(3600, 3, "3 0 0/1 * * *")]
    [InlineData(21600, 3, "3 0 3/6 * * *")]
    public void A_rhythm_is_told_in_seconds_minutes_or_hours_and_begins_at_the_jobs_own_second(int everySeconds, int place, string expected) =>
        Assert.Equal(expected, CronText.ToCron(ScheduledJob.Each<ScriptedJob>(TimeSpan.FromSeconds(everySeconds), "Scripted"), place));

    [Fact]
    public void A_daily_job_is_told_by_its_time() =>
        Assert.Equal("0 5 2 * * *", CronText.ToCron(ScheduledJob.Daily<ScriptedJob>(new TimeOnly(2, 5), "Scripted"), 7));

    [Theory]
    [InlineData(7)]
    [InlineData(90)]
    [InlineData(5400)]
    [InlineData(18000)]
    public void What_cron_cannot_say_is_refused_and_not_rounded(int everySeconds) =>
        Assert.Throws<NotSupportedException>(() => CronText.ToCron(ScheduledJob.Each<ScriptedJob>(TimeSpan.FromSeconds(everySeconds), "Scripted"), 0));

    [Fact]
    public void Every_job_of_the_schedule_can_be_told() => Assert.All(Schedule.All.Index(), job => Assert.NotEmpty(CronText.ToCron(job.Item, job.Index)));

    [Fact]
    public void What_nobody_waits_for_and_what_asks_Zoom_is_not_in_the_way_of_the_rest() =>
        Assert.Equal(
            ["EscalateFlags", "EvaluateSessions", "ProcessInbox", "SendMail", "SendReminders"],
            Schedule.All.Where(j => j.Queue is JobQueue.Live).Select(j => j.Name).Order());
}
