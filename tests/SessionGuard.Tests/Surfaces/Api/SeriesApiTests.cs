using System.Net;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Client;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Surfaces.Api;

public sealed class SeriesApiTests
{
    private const string Series = "/api/v1/series";

    [Theory, OnEachEngine]
    internal async Task A_planned_class_is_made_in_Zoom_with_every_safe_setting_on_and_keeps_its_hour(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        using var admin = school.App.WithToken(school.Admin);
        var made = await admin.PostAnswerAsync(Series, Plan(school) with { FirstDate = "2027-03-16", Weeks = 3, Gate = true, PlannedSize = 8, CoTeachers = [school.Colleague.Id] });
        Assert.Equal(HttpStatusCode.Created, made.Status);

        var meeting = school.Zoom.FindMeeting(made.Json.GetProperty("zoomMeetingId").GetInt64())!;
        Assert.Equal(("Tuesday tap", SchoolOnZoom.Teacher, "Europe/London"), (meeting.Topic, meeting.Host.Email, meeting.TimeZone));
        Assert.Equal(10, meeting.Passcode.Length);
        Assert.Equal(
            (true, false, false, 0, "none"),
            (meeting.Settings.WaitingRoom, meeting.Settings.JoinBeforeHost, meeting.Settings.UsePmi, meeting.Settings.ApprovalType, meeting.Settings.AutoRecording));
        Assert.False(meeting.Settings.RegistrantsEmailNotification);
        Assert.Equal(
            ["2027-03-16T17:00", "2027-03-23T17:00", "2027-03-30T16:00"], (await school.SessionsAsync()).Select(s => $"{s.Start.UtcDateTime:yyyy-MM-ddTHH:mm}"));
        Assert.Equal(("planned", "in-room", school.Teacher.Id), (made.Text("origin"), made.Text("presenceMode"), made.Json.GetProperty("teacher").GetGuid()));
        Assert.Equal(school.Colleague.Id, made.Json.GetProperty("coTeachers")[0].GetGuid());

        // Zoom's own word of it, and the first look, change nothing about it.
        await school.Whole.CarryAsync();
        await school.Whole.FindAndCheckAsync();
        Assert.Equal((3, 1, 0), ((await school.SessionsAsync()).Count, await school.App.ReadAsync(db => db.Set<ClassSeries>().CountAsync()), school.Whole.Patches));
    }

    [Theory, OnEachEngine]
    internal async Task A_class_over_the_autumn_change_keeps_its_hour_too(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        using var admin = school.App.WithToken(school.Admin);
        await admin.PostAnswerAsync(Series, Plan(school) with { FirstDate = "2027-10-24", Weeks = 2 });

        Assert.Equal(["2027-10-24T16:00", "2027-10-31T17:00"], (await school.SessionsAsync()).Select(s => $"{s.Start.UtcDateTime:yyyy-MM-ddTHH:mm}"));
    }

    [Theory, OnEachEngine]
    internal async Task A_meeting_that_Zoom_has_gets_a_name_a_teacher_and_a_mode(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var meeting = school.Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting("Zoom Meeting", App.Noon.AddHours(5)));
        await school.Whole.CarryAsync();
        using var teacher = school.App.WithToken(school.Teacher);
        var named = await teacher.PostAnswerAsync(Series, new { zoomMeetingId = meeting.Id, name = "Grade 3 tap", presenceMode = "nearby" });

        Assert.Equal((HttpStatusCode.Created, "Grade 3 tap", "Zoom Meeting", "nearby"), (named.Status, named.Text("name"), named.Text("topic"), named.Text("presenceMode")));
        Assert.Equal(school.Teacher.Id, named.Json.GetProperty("teacher").GetGuid());
        Assert.Equal(1, await school.App.ReadAsync(db => db.Set<ClassSeries>().CountAsync()));
        Assert.Equal(["zoomMeetingId"], (await teacher.PostAnswerAsync(Series, new { zoomMeetingId = meeting.Id, name = "Again" })).Faults);

        var changed = await teacher.SendAnswerAsync(HttpMethod.Patch, $"{Series}/{named.Id}", new { gate = true, plannedSize = 6 });
        Assert.Equal((HttpStatusCode.OK, "Grade 3 tap", true, 6), (changed.Status, changed.Text("name"), changed.Json.GetProperty("gate").GetBoolean(), changed.Json.GetProperty("plannedSize").GetInt32()));
    }

    [Theory, OnEachEngine]
    internal async Task A_class_is_there_for_its_teachers_and_its_school_alone(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var series = await school.ClassAsync();
        var meeting = await school.MeetingOfAsync(series);
        using var colleague = school.App.WithToken(school.Colleague);
        using var elsewhere = school.App.WithToken(school.AdminElsewhere);
        foreach (var client in (HttpClient[])[colleague, elsewhere])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAnswerAsync($"{Series}/{series.Id}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await client.SendAnswerAsync(HttpMethod.Patch, $"{Series}/{series.Id}", new { gate = true })).Status);
            Assert.Equal(0, (await client.GetAnswerAsync(Series)).Json.GetProperty("items").GetArrayLength());
        }

        Assert.Equal(["zoomMeetingId"], (await colleague.PostAnswerAsync(Series, new { zoomMeetingId = meeting.Id, name = "Mine" })).Faults);
        Assert.Equal(["teacher"], (await colleague.PostAnswerAsync(Series, Plan(school))).Faults);
        using var admin = school.App.WithToken(school.Admin);
        await admin.SendAnswerAsync(HttpMethod.Patch, $"{Series}/{series.Id}", new { coTeachers = new[] { school.Colleague.Id } });
        Assert.Equal(HttpStatusCode.OK, (await colleague.GetAnswerAsync($"{Series}/{series.Id}")).Status);
        Assert.Equal(["presenceMode"], (await colleague.SendAnswerAsync(HttpMethod.Patch, $"{Series}/{series.Id}", new { presenceMode = "agreed-alone" })).Faults);
    }

    [Fact]
    public async Task What_cannot_be_used_is_named_and_Zoom_is_not_asked()
    {
        await using var school = await TeachingSchool.StartAsync(StorageEngine.Sqlite);
        using var admin = school.App.WithToken(school.Admin);
        var plan = Plan(school);
        foreach (var (body, path) in ((object, string)[])[
            (plan with { Name = "Tap\u202E" }, "name"),
            (plan with { Name = new string('x', 121) }, "name"),
            (plan with { FirstDate = "2027-02-30" }, "firstDate"),
            (plan with { FirstDate = "2026-11-23" }, "firstDate"),
            (plan with { FirstDate = "2026-11-24", Time = "11:59" }, "firstDate"),
            (plan with { FirstDate = "9999-12-31" }, "firstDate"),
            (plan with { Time = "25:00" }, "time"),
            (plan with { FirstDate = "2027-03-28", Time = "01:30" }, "time"),
            (plan with { FirstDate = "2027-03-21", Time = "01:30", Weeks = 2 }, "time"),
            (plan with { Minutes = 4 }, "minutes"),
            (plan with { Weeks = 0 }, "weeks"),
            (plan with { Weeks = 61 }, "weeks"),
            (plan with { PresenceMode = "asleep" }, "presenceMode"),
            (plan with { PlannedSize = 0 }, "plannedSize"),
            (plan with { Teacher = Guid.Empty }, "teacher"),
            (plan with { Teacher = school.AdminElsewhere.Id }, "teacher"),
            (plan with { Teacher = null }, "teacher"),
            (plan with { CoTeachers = [Guid.Empty] }, "coTeachers[0]"),
            (plan with { ZoomMeetingId = 81234567890 }, "zoomMeetingId")])
        {
            var answer = await admin.PostAnswerAsync(Series, body);
            Assert.True((HttpStatusCode.BadRequest, path) == (answer.Status, string.Join(' ', answer.Faults)), $"{body}: {answer.Status} {string.Join(' ', answer.Faults)}");
        }

        Assert.DoesNotContain(school.Zoom.Calls, c => c.Method == "POST" && c.Path.EndsWith("/meetings", StringComparison.Ordinal));
        Assert.Equal(["teacher"], (await admin.PostAnswerAsync(Series, plan with { Teacher = school.Colleague.Id })).Faults);
    }

    [Theory]
    [InlineData("down", HttpStatusCode.ServiceUnavailable)]
    [InlineData("limited", HttpStatusCode.ServiceUnavailable)]
    [InlineData("scope", HttpStatusCode.Conflict)]
    [InlineData("budget", HttpStatusCode.Conflict)]
    public async Task When_Zoom_does_not_play_along_nothing_is_half_made(string what, HttpStatusCode status)
    {
        await using var school = await TeachingSchool.StartAsync(StorageEngine.Sqlite);
        using var admin = school.App.WithToken(school.Admin);
        switch (what)
        {
            case "down":
                school.Zoom.Faults.Always(Fault.CloseMidBody(), "POST", "/v2/users");
                break;
            case "limited":
                school.Zoom.Faults.Always(Fault.TooManyRequests(60), "POST", "/v2/users");
                break;
            case "scope":
                school.Zoom.Faults.Always(Fault.ScopeGone(), "POST", "/v2/users");
                break;
            default:
                var host = school.Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting("Other", App.Noon.AddHours(5))).Host;
                await school.App.WriteAsync(db => db.Add(new HostBudget
                {
                    OrganisationId = school.App.School.Id,
                    HostZoomId = host.Id,
                    Day = DateOnly.FromDateTime(App.Noon.UtcDateTime),
                    Used = ZoomBudget.PerDay,
                }));
                break;
        }

        var answer = await admin.PostAnswerAsync(Series, Plan(school));
        Assert.Equal(status, answer.Status);
        Assert.EndsWith(".", answer.Text("title"), StringComparison.Ordinal);
        Assert.Equal(0, await school.App.ReadAsync(db => db.Set<ClassSeries>().CountAsync()));
        Assert.DoesNotContain(school.Zoom.Deliveries.Raised, r => r.Body.Contains("Tuesday tap", StringComparison.Ordinal));
    }

    [Theory, OnEachEngine]
    internal async Task A_meeting_that_Zoom_made_although_its_answer_was_lost_is_found_again(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        using var admin = school.App.WithToken(school.Admin);
        school.Zoom.Faults.Next(1, Fault.LostAnswer(), "POST", "/v2/users");
        var made = await admin.PostAnswerAsync(Series, Plan(school));

        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.NotNull(school.Zoom.FindMeeting(made.Json.GetProperty("zoomMeetingId").GetInt64()));
        Assert.Single(school.Zoom.Deliveries.Raised, r => r.Body.Contains("meeting.created", StringComparison.Ordinal));
    }

    private static SeriesPlan Plan(TeachingSchool school) => new("Tuesday tap", school.Teacher.Id, "2027-03-02", "17:00", 60);

    private sealed record SeriesPlan(string Name, Guid? Teacher, string FirstDate, string Time, int Minutes)
    {
        public int Weeks { get; init; } = 1;

        public Guid[] CoTeachers { get; init; } = [];

        public string PresenceMode { get; init; } = "in-room";

        public bool Gate { get; init; }

        public int? PlannedSize { get; init; }

        public long? ZoomMeetingId { get; init; }
    }
}
