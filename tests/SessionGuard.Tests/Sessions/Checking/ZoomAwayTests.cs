using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Safeguards;
using SessionGuard.Sessions;
using SessionGuard.Sessions.Checking;
using SessionGuard.Storage;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Sessions.Checking;

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
        await FailUntilLeftAloneAsync(school);

        for (var look = 0; look < 3; look++)
        {
            await school.App.WriteAsync(db => db.Set<Meeting>().Single().CheckDueAt = school.App.Clock.Now());
            await school.App.RunAsync<CheckUpcomingMeetingsJob>();

            Assert.All(await school.App.ReadAsync(db => db.Set<RuleRecord>().ToListAsync()), rule => Assert.Equal(RuleResult.CouldNotCheck, rule.Result));
            var meeting = await school.App.ReadAsync(db => db.Set<Meeting>().SingleAsync());
            Assert.Equal((0, school.App.Clock.Now().AddMinutes(1)), (meeting.FailedChecks, meeting.CheckDueAt));
        }
    }

    /// <summary>With calls that are tried once each, so that no pause has to pass.</summary>
    private static async Task FailUntilLeftAloneAsync(SchoolOnZoom school)
    {
        school.Zoom.Faults.Always(Fault.ServerError(), "POST", "/v2/users");
        var zoom = school.App.Services.GetRequiredService<ZoomClient>();
        var wish = new NewMeeting { Topic = "Tap", Start = Five, DurationMinutes = 30, TimeZone = "Europe/London" };
        for (var isUnsent = false; !isUnsent;)
        {
            var answer = await zoom.CreateMeetingAsync(school.App.School, SchoolOnZoom.Teacher, wish, BudgetUse.Urgent, CancellationToken.None);
            isUnsent = answer.Fault!.IsUnsent;
        }
    }
}
