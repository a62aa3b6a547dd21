using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Checking;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Platform.Mail;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Safeguarding.Flags;

/// <summary>What was noticed stays, and is told, whatever those whom it is about take away in Zoom or here.</summary>
public sealed class KeptFlagsTests
{
    private const string Alone = "unsupervised-room";
    private const string CalledOff = "Called off in Zoom";

    [Theory, OnEachEngine]
    internal async Task A_taught_class_whose_meeting_is_deleted_in_Zoom_keeps_its_flags_and_their_evidence(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await LeaveMayaAloneAsync(taught);
        taught.Zoom.End(taught.Meeting.Id);
        await taught.JudgeAsync();
        var before = await KeptAsync(taught);

        taught.Zoom.Delete(taught.Meeting.Id);
        taught.Zoom.DeleteForGood(taught.Meeting.Id);
        for (var days = 0; days < 3; days++)
        {
            await taught.JudgeAsync();
            await taught.App.RunAsync<CheckUpcomingMeetingsJob>();
            await taught.App.RunAsync<BackfillJob>();
            await taught.App.RunAsync<EvaluateSessionsJob>();
            taught.App.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(before, await KeptAsync(taught));
        Assert.True((await taught.SessionAsync()).Status is SessionStatus.Ended or SessionStatus.Unverified);
    }

    [Theory, OnEachEngine]
    internal async Task A_planned_class_that_is_deleted_in_Zoom_stays_with_its_flags_and_the_lead_is_told(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await taught.App.RunAsync<SendDigestsJob>();
        taught.WaitUntil(TaughtClass.Five.AddHours(-2));
        await taught.JudgeAsync();
        taught.Wait(120);
        await taught.JudgeAsync();
        var flag = Assert.Single(await taught.FlagsAsync());

        taught.Zoom.Delete(taught.Meeting.Id);
        await taught.JudgeAsync();

        Assert.Equal(SessionStatus.Cancelled, (await taught.SessionAsync()).Status);
        var kept = Assert.Single(await taught.FlagsAsync());
        Assert.Equal((flag.Id, CloseReason.EvidenceChanged, null), (kept.Id, kept.Reason, kept.DecidedBy));
        Assert.Contains(await taught.EvidenceAsync(flag.Id), e => e.Text == flag.Summary);
        using var lead = await taught.App.SignedInAsync(taught.Lead);
        var desk = await lead.GetStringAsync("/flags");
        Assert.Contains(CalledOff, desk, StringComparison.Ordinal);
        Assert.Contains($"/sessions/{taught.SessionId}", desk, StringComparison.Ordinal);
        Assert.Contains($"/flags/{flag.Id}", await lead.GetStringAsync("/flags?show=done"), StringComparison.Ordinal);
        Assert.Contains("cancelled in Zoom", await lead.GetStringAsync($"/sessions/{taught.SessionId}"), StringComparison.Ordinal);

        taught.WaitUntil(App.Noon.AddHours(19)); // seven in the morning
        await taught.App.RunAsync<SendDigestsJob>();
        await taught.App.RunAsync<SendMailJob>();
        var digest = Assert.Single(ReceivedMail.In(taught.App.Folder), m => m.TextWords.Contains("One thing waits for you", StringComparison.Ordinal));
        Assert.Contains("called off in Zoom", digest.TextWords, StringComparison.Ordinal);
        Assert.DoesNotContain("Tap", digest.TextWords, StringComparison.Ordinal);
        taught.WaitUntil(App.Noon.AddHours(19 + 24));
        await taught.App.RunAsync<SendDigestsJob>();
        Assert.Single(await taught.App.ReadAsync(db => db.Set<OutboxMessage>().Where(m => m.Purpose == "digest").ToListAsync()));
    }

    [Theory]
    [InlineData(23, false)]
    [InlineData(24, true)]
    public async Task A_class_that_was_moved_within_a_day_was_not_called_off(int hours, bool shown)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, SeededSchool.Settings);
        var staff = await SeededSchool.PlantAsync(app.Services, App.Noon);
        var session = await new FamilySchool(app.Services).ClassAsync("Tap", App.Noon.AddHours(5));
        await app.WriteAsync(db =>
        {
            db.Set<Session>().Single(s => s.Id == session.Id).Status = SessionStatus.Cancelled;
            db.Add(new Session
            {
                Id = Guid.CreateVersion7(App.Noon),
                OrganisationId = session.OrganisationId,
                MeetingId = session.MeetingId,
                SeriesId = session.SeriesId,
                OccurrenceKey = "moved",
                Planned = true,
                Topic = session.Topic,
                Start = session.Start.AddHours(hours),
                End = session.End.AddHours(hours),
                Status = SessionStatus.Scheduled,
            });
        });
        using var lead = await app.SignedInAsync(staff.Lead);

        Assert.Equal(shown, (await lead.GetStringAsync("/flags")).Contains($"/sessions/{session.Id}", StringComparison.Ordinal));
        Assert.DoesNotContain(CalledOff, await lead.GetStringAsync("/flags?show=all"), StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    internal async Task A_flag_about_the_leads_own_class_reaches_the_deputy_alone_at_once(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await taught.App.WriteAsync(db => db.Set<RoleHolder>().Single(h => h.Duty == Duty.Lead).Email = SchoolOnZoom.Teacher);
        await taught.App.RunAsync<FindMeetingsJob>(); // it learns from Zoom who the host is
        await LeaveMayaAloneAsync(taught);

        Assert.Equal([TaughtClass.DeputyEmail], await taught.ToldAsync());
    }

    [Fact]
    public async Task A_teacher_whose_account_is_closed_takes_no_flag_along()
    {
        await using var taught = await TaughtClass.StartAsync(StorageEngine.Sqlite);
        await taught.App.RunAsync<FindMeetingsJob>(); // it learns from Zoom who the host is
        await LeaveMayaAloneAsync(taught);
        var before = await KeptAsync(taught);
        await using (var scope = taught.App.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<StaffAccounts>().CloseAsync(taught.App.School.Id, SchoolOnZoom.Teacher, CancellationToken.None);
            await scope.ServiceProvider.GetRequiredService<SessionGuardDb>().SaveChangesAsync();
        }

        await taught.JudgeAsync();

        Assert.Equal(before, await KeptAsync(taught));
        using var lead = await taught.App.SignedInAsync(taught.Lead);
        Assert.Contains("Alex Teacher", await lead.GetStringAsync($"/sessions/{taught.SessionId}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_teacher_who_sends_more_than_the_form_has_changes_no_more_than_their_line()
    {
        await using var taught = await TaughtClass.StartAsync(StorageEngine.Sqlite);
        await LeaveMayaAloneAsync(taught);
        using var pen = await Pen.OfAsync(taught.App, taught.Teacher);
        var flag = await taught.FlagAsync(Alone);
        (string, string)[] more =
        [
            ("status", "Closed"), ("severity", "Low"), ("certainty", "Unsure"), ("reason", "WrongAlarm"), ("note", "x"), ("decidedBy", $"{taught.Teacher.Id}"),
            ("flag.Status", "Closed"), ("View.Session.Status", "Cancelled"), ("Said", "x"), ("MayTakeOut", "true"), ("role", "Lead"),
            ("organisationId", $"{Guid.NewGuid()}"), ("teacherUntil", "2020-01-01"),
        ];
        await pen.SendAsync($"/sessions/{taught.SessionId}?handler=Explain", [("flag", $"{flag.Id}"), ("text", "The wifi went."), .. more]);

        var after = await taught.FlagAsync(Alone);
        Assert.Equal((FlagStatus.Explained, "The wifi went."), (after.Status, after.Explanation));
        Assert.Equal((flag.Severity, flag.Certainty, flag.OrganisationId, null, null, null), (after.Severity, after.Certainty, after.OrganisationId, after.Reason, after.Note, after.DecidedBy));
        Assert.Equal(Role.Teacher, await taught.App.ReadAsync(db => db.Set<Account>().Where(a => a.Id == taught.Teacher.Id).Select(a => a.Role).SingleAsync()));
        Assert.Equal(SessionStatus.Live, (await taught.SessionAsync()).Status);
    }

    private static async Task LeaveMayaAloneAsync(TaughtClass taught)
    {
        taught.WaitUntil(TaughtClass.Five);
        taught.Zoom.Start(taught.Meeting.Id);
        taught.MayaJoins();
        taught.Wait(90);
        await taught.JudgeAsync();
    }

    private static async Task<string> KeptAsync(TaughtClass taught)
    {
        var flag = await taught.FlagAsync(Alone);
        return $"{flag.Id} {flag.Status} {flag.Severity} {flag.Summary} {string.Join(' ', (await taught.EvidenceAsync(flag.Id)).Select(e => e.Id))}";
    }
}
