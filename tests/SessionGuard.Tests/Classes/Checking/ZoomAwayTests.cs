using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Checking;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.Tests.Testing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Classes.Checking;

/// <summary>Checks of meetings while Zoom fails for the whole school.</summary>
public sealed class ZoomAwayTests
{
    private static readonly DateTimeOffset Five = App.Noon.AddHours(5);

    [Theory, OnEachEngine]
    internal async Task However_often_Zoom_was_not_even_asked_a_meeting_is_looked_at_a_minute_later(StorageEngine engine)
    {
        await using var school = await SchoolOnZoom.StartAsync(engine);
        school.Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting("Grade 3 Tap", Five) { Passcode = "tap-4Kz_9q", WaitingRoom = true, JoinBeforeHost = false });
        await school.FindAndCheckAsync();
        await school.App.FailUntilLeftAloneAsync(school.Zoom);

        for (var look = 0; look < 3; look++)
        {
            await school.App.WriteAsync(db => db.Set<Meeting>().Single().CheckDueAt = school.App.Clock.Now());
            await school.App.RunAsync<CheckUpcomingMeetingsJob>();

            Assert.All(await school.App.ReadAsync(db => db.Set<RuleRecord>().ToListAsync()), rule => Assert.Equal(RuleResult.CouldNotCheck, rule.Result));
            var meeting = await school.App.ReadAsync(db => db.Set<Meeting>().SingleAsync());
            Assert.Equal((0, school.App.Clock.Now().AddMinutes(1)), (meeting.FailedChecks, meeting.CheckDueAt));
        }
    }

    [Theory, OnEachEngine]
    internal async Task Once_Zoom_answers_again_those_that_it_failed_on_for_long_are_looked_at_within_a_minute(StorageEngine engine)
    {
        await using var school = await SchoolOnZoom.StartAsync(engine);
        var ids = Enumerable.Range(0, 3).Select(n => school.Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting($"Tap {n}", Five.AddDays(n)))).Select(m => m.Id).ToList();
        await school.FindAndCheckAsync();
        var now = school.App.Clock.Now();
        await FailedAsync(school, ids[0], failures: 1, next: now);
        await FailedAsync(school, ids[1], failures: 2, next: now.AddMinutes(2));
        await FailedAsync(school, ids[2], failures: 4, next: now.AddMinutes(10));

        await school.App.RunAsync<CheckUpcomingMeetingsJob>();

        Assert.Equal([(0, 15), (2, 2), (4, 1)], await ComingAsync(school, ids));

        // One that was answered all along says nothing about the others.
        await FailedAsync(school, ids[0], failures: 0, next: now);
        await FailedAsync(school, ids[2], failures: 5, next: now.AddMinutes(15));
        await school.App.RunAsync<CheckUpcomingMeetingsJob>();
        Assert.Equal([(0, 15), (2, 2), (5, 15)], await ComingAsync(school, ids));
    }

    private static Task FailedAsync(SchoolOnZoom school, long id, int failures, DateTimeOffset next) => school.App.WriteAsync(db =>
    {
        var meeting = db.Set<Meeting>().Single(m => m.ZoomMeetingId == id);
        (meeting.FailedChecks, meeting.CheckDueAt) = (failures, next);
    });

    /// <returns>Of each meeting, failures in a row and minutes until it is looked at.</returns>
    private static async Task<List<(int Failures, int Minutes)>> ComingAsync(SchoolOnZoom school, List<long> ids)
    {
        var meetings = await school.App.ReadAsync(db => db.Set<Meeting>().AsNoTracking().ToListAsync());
        return ids.ConvertAll(id => meetings.Single(m => m.ZoomMeetingId == id))
            .ConvertAll(m => (m.FailedChecks, (int)(m.CheckDueAt!.Value - school.App.Clock.Now()).TotalMinutes));
    }
}
