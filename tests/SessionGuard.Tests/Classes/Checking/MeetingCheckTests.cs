using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Checking;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Client;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Classes.Checking;

public sealed class MeetingCheckTests
{
    private static readonly DateTimeOffset Five = App.Noon.AddHours(5);

    private static readonly ScheduleMeeting Unsafe = new("Grade 3 Tap", Five) { Passcode = "", WaitingRoom = false, JoinBeforeHost = true };

    private static readonly ScheduleMeeting Safe = new("Grade 3 Tap", Five) { Passcode = "tap-4Kz_9q", WaitingRoom = true, JoinBeforeHost = false };

    [Theory, OnEachEngine]
    internal async Task A_meeting_with_nothing_on_is_repaired_and_read_back(StorageEngine engine)
    {
        await using var school = await SchoolOnZoom.StartAsync(engine);
        var meeting = school.Zoom.Schedule(SchoolOnZoom.Teacher, Unsafe);
        await school.FindAndCheckAsync();

        Assert.Equal((true, true, false), (meeting.Passcode.Length >= 6, meeting.Settings.WaitingRoom, meeting.Settings.JoinBeforeHost));
        Assert.Equal(1, school.Patches);
        Assert.All(await RulesAsync(school), rule => Assert.Equal(RuleResult.Met, rule.Result));
        var repairs = await school.App.ReadAsync(db => db.Set<Repair>().ToListAsync());
        Assert.Equal(
            ["JoinBeforeHost on>off Held", "Passcode none>set Held", "WaitingRoom off>on Held"],
            repairs.Select(r => $"{r.Field} {r.Before}>{r.After} {r.Outcome}").Order());
    }

    [Theory, OnEachEngine]
    internal async Task The_teacher_is_told_once_and_the_note_holds_neither_passcode_nor_link(StorageEngine engine)
    {
        await using var school = await SchoolOnZoom.StartAsync(engine);
        var meeting = school.Zoom.Schedule(SchoolOnZoom.Teacher, Unsafe);
        await school.FindAndCheckAsync();
        await CheckAgainAsync(school);

        var note = Assert.Single(await MailAsync(school));
        Assert.Equal((SchoolOnZoom.Teacher, "Your class on Tuesday 24 November, 5.00pm: we put something right"), (note.To, note.Subject));
        await school.App.RunAsync<SendMailJob>();
        var mail = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(school.App.Folder, "mail"))));
        Assert.DoesNotContain(meeting.Passcode, mail, StringComparison.Ordinal);
        Assert.DoesNotContain("zoom.us", mail, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Grade 3 Tap", mail, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    internal async Task A_safe_meeting_is_left_alone(StorageEngine engine)
    {
        await using var school = await SchoolOnZoom.StartAsync(engine);
        school.Zoom.Schedule(SchoolOnZoom.Teacher, Safe);
        await school.FindAndCheckAsync();
        await CheckAgainAsync(school);

        Assert.Equal(0, school.Patches);
        Assert.All(await RulesAsync(school), rule => Assert.Equal((RuleResult.Met, Certainty.Certain), (rule.Result, rule.Certainty)));
        Assert.Equal(1, await school.App.ReadAsync(db => db.Set<SettingsSnapshot>().CountAsync()));
    }

    [Theory, OnEachEngine]
    internal async Task A_class_of_days_ago_holds_up_no_check_after_the_service_was_away(StorageEngine engine)
    {
        await using var school = await SchoolOnZoom.StartAsync(engine);
        school.Zoom.Schedule(SchoolOnZoom.Teacher, Safe);
        await school.FindAndCheckAsync();
        school.App.Clock.Advance(TimeSpan.FromDays(5));
        await school.App.RunAsync<CheckUpcomingMeetingsJob>();

        Assert.Equal(1, await school.App.ReadAsync(db => db.Set<Session>().CountAsync()));
        Assert.Null((await school.App.ReadAsync(db => db.Set<Meeting>().SingleAsync())).CheckDueAt);
    }

    [Theory, OnEachEngine]
    internal async Task What_is_set_back_by_hand_twice_is_left_to_people(StorageEngine engine)
    {
        await using var school = await SchoolOnZoom.StartAsync(engine);
        var meeting = school.Zoom.Schedule(SchoolOnZoom.Teacher, Safe with { WaitingRoom = false });
        await school.FindAndCheckAsync();
        foreach (var (patches, left) in ((int, bool)[])[(2, true), (2, false)])
        {
            school.Zoom.Change(meeting.Id, m => m.Settings.WaitingRoom = false);
            await CheckAgainAsync(school);
            Assert.Equal((patches, left), (school.Patches, meeting.Settings.WaitingRoom));
        }

        Assert.Equal(RuleResult.NotMet, (await RulesAsync(school)).Single(r => r.Rule == "waiting-room-on").Result);
        await CheckAgainAsync(school);
        Assert.Equal(2, school.Patches);
        Assert.Single(await MailAsync(school), m => m.Subject.EndsWith("please look at one setting", StringComparison.Ordinal));
    }

    [Theory, OnEachEngine]
    internal async Task What_Zoom_says_it_did_and_did_not_is_never_called_in_place(StorageEngine engine)
    {
        await using var school = await SchoolOnZoom.StartAsync(engine);
        school.Zoom.Schedule(SchoolOnZoom.Teacher, Safe with { Passcode = "" });
        school.Zoom.Faults.Always(Fault.SilentOverride(), "PATCH");
        await school.FindAndCheckAsync();
        for (var check = 0; check < 5; check++)
        {
            Assert.Equal(RuleResult.NotMet, (await RulesAsync(school)).Single(r => r.Rule == "passcode-required").Result);
            await CheckAgainAsync(school);
        }

        Assert.Equal(RepairPlan.MostRefusals, school.Patches);
        Assert.All(await school.App.ReadAsync(db => db.Set<Repair>().ToListAsync()), r => Assert.Equal(RepairOutcome.NotTaken, r.Outcome));
        Assert.Single(await MailAsync(school));
    }

    [Theory, OnEachEngine]
    internal async Task While_Zoom_is_silent_nothing_is_called_in_place_and_afterwards_all_is_checked(StorageEngine engine)
    {
        await using var school = await SchoolOnZoom.StartAsync(engine);
        school.Zoom.Schedule(SchoolOnZoom.Teacher, Safe);
        await school.FindAndCheckAsync();
        school.Zoom.Faults.Always(Fault.ScopeGone(), "GET", "/v2/meetings");
        await CheckAgainAsync(school);
        Assert.All(await RulesAsync(school), rule => Assert.Equal(RuleResult.CouldNotCheck, rule.Result));

        school.Zoom.Faults.Clear();
        await CheckAgainAsync(school);
        Assert.All(await RulesAsync(school), rule => Assert.Equal(RuleResult.Met, rule.Result));
    }

    [Theory, OnEachEngine]
    internal async Task A_repair_cut_off_before_it_was_judged_is_judged_by_the_next_check_and_told(StorageEngine engine)
    {
        await using var school = await SchoolOnZoom.StartAsync(engine);
        school.Zoom.Schedule(SchoolOnZoom.Teacher, Safe);
        await school.App.RunAsync<FindMeetingsJob>();
        // As much as a crash between Zoom's yes and the reading back leaves behind.
        var meeting = await school.App.ReadAsync(db => db.Set<Meeting>().SingleAsync());
        await school.App.WriteAsync(db => db.Add(new Repair
        {
            Id = Guid.CreateVersion7(App.Noon),
            OrganisationId = meeting.OrganisationId,
            MeetingId = meeting.Id,
            Field = RepairableField.Passcode,
            Before = "none",
            After = "set",
            Rule = "passcode-required",
            At = App.Noon,
            Outcome = RepairOutcome.Asked,
        }));
        await school.App.RunAsync<CheckUpcomingMeetingsJob>();

        Assert.Equal(RepairOutcome.Held, Assert.Single(await school.App.ReadAsync(db => db.Set<Repair>().ToListAsync())).Outcome);
        Assert.Equal(0, school.Patches);
        Assert.Single(await MailAsync(school));
    }

    [Theory, OnEachEngine]
    internal async Task A_repair_cut_off_before_Zoom_was_asked_is_made_as_soon_as_the_claim_has_ended(StorageEngine engine)
    {
        var failpoint = new Failpoint(2, Side.After); // the claim, and what will be asked
        await using var school = await SchoolOnZoom.StartAsync(engine, services: services => services.AddSingleton<IInterceptor>(failpoint));
        school.Zoom.Schedule(SchoolOnZoom.Teacher, Safe with { Passcode = "" });
        await school.App.RunAsync<FindMeetingsJob>();
        failpoint.Arm();
        await Record.ExceptionAsync(() => school.App.RunAsync<CheckUpcomingMeetingsJob>());
        await school.RestartAsync();
        Assert.Equal(RepairOutcome.Asked, Assert.Single(await school.App.ReadAsync(db => db.Set<Repair>().ToListAsync())).Outcome);
        Assert.Equal(0, school.Patches);

        school.App.Clock.Advance(TimeSpan.FromMinutes(2));
        await school.App.RunAsync<CheckUpcomingMeetingsJob>();

        Assert.Equal(1, school.Patches);
        Assert.Contains(await school.App.ReadAsync(db => db.Set<Repair>().ToListAsync()), repair => repair.Outcome is RepairOutcome.Held);
        Assert.Single(await MailAsync(school));
    }

    [Theory, OnEachEngine]
    internal async Task When_the_days_changes_are_used_up_the_repair_waits(StorageEngine engine)
    {
        await using var school = await SchoolOnZoom.StartAsync(engine);
        var meeting = school.Zoom.Schedule(SchoolOnZoom.Teacher, Safe with { Passcode = "" });
        await school.App.WriteAsync(db => db.Add(new HostBudget
        {
            OrganisationId = school.App.School.Id,
            HostZoomId = meeting.Host.Id,
            Day = DateOnly.FromDateTime(App.Noon.UtcDateTime),
            Used = ZoomBudget.PerDay - ZoomBudget.KeptForUrgent,
        }));
        await school.FindAndCheckAsync();
        Assert.Equal((0, RepairOutcome.Postponed), (school.Patches, Assert.Single(await school.App.ReadAsync(db => db.Set<Repair>().ToListAsync())).Outcome));

        // What is kept back is for the last hour.
        school.App.Clock.Advance(Five.AddMinutes(-50) - App.Noon);
        await CheckAgainAsync(school);
        Assert.Equal(1, school.Patches);
        Assert.NotEmpty(meeting.Passcode);
    }

    [Theory, OnEachEngine]
    internal async Task When_Zoom_asks_for_a_pause_the_repair_is_made_after_it_and_not_at_the_next_regular_look(StorageEngine engine)
    {
        await using var school = await SchoolOnZoom.StartAsync(engine);
        var meeting = school.Zoom.Schedule(SchoolOnZoom.Teacher, Safe with { Passcode = "" });
        school.Zoom.Faults.Next(1, Fault.TooManyRequests(20), "PATCH");
        await school.FindAndCheckAsync();
        Assert.Equal(RepairOutcome.Postponed, Assert.Single(await school.App.ReadAsync(db => db.Set<Repair>().ToListAsync())).Outcome);

        school.App.Clock.Advance(TimeSpan.FromMinutes(1));
        await school.App.RunAsync<CheckUpcomingMeetingsJob>();

        Assert.NotEmpty(meeting.Passcode);
        Assert.Contains(await school.App.ReadAsync(db => db.Set<Repair>().ToListAsync()), repair => repair.Outcome is RepairOutcome.Held);
    }

    [Theory, OnEachEngine]
    internal async Task A_personal_meeting_number_is_missing_and_said_once(StorageEngine engine)
    {
        await using var school = await SchoolOnZoom.StartAsync(engine);
        school.Zoom.Schedule(SchoolOnZoom.Teacher, Safe with { UsePmi = true });
        await school.FindAndCheckAsync();
        await CheckAgainAsync(school);

        Assert.Equal(RuleResult.NotMet, (await RulesAsync(school)).Single(r => r.Rule == "pmi-not-used").Result);
        Assert.Single(await MailAsync(school), m => m.Subject.EndsWith("please use a new meeting number", StringComparison.Ordinal));
    }

    [Theory, OnEachEngine]
    internal async Task A_meeting_deleted_in_Zoom_is_cancelled_here(StorageEngine engine)
    {
        await using var school = await SchoolOnZoom.StartAsync(engine);
        var meeting = school.Zoom.Schedule(SchoolOnZoom.Teacher, Safe);
        await school.FindAndCheckAsync();
        school.Zoom.Delete(meeting.Id);
        await CheckAgainAsync(school);

        Assert.Equal(SessionStatus.Cancelled, Assert.Single(await SessionsAsync(school)).Status);
        Assert.Null((await school.App.ReadAsync(db => db.Set<Meeting>().SingleAsync())).CheckDueAt);
    }

    [Theory, OnEachEngine]
    internal async Task A_weekly_class_has_a_session_for_each_date_and_keeps_its_local_time(StorageEngine engine)
    {
        await using var school = await SchoolOnZoom.StartAsync(engine);
        var meeting = school.Zoom.Schedule(SchoolOnZoom.Teacher, Safe with { Recurrence = MeetingRecurrence.Weekly(4) });
        await school.FindAndCheckAsync();
        Assert.Equal([0, 7, 14, 21], (await SessionsAsync(school)).Select(s => (s.Start - Five).Days));

        school.Zoom.Delete(meeting.Id, meeting.Occurrences[1].OccurrenceId);
        await CheckAgainAsync(school);
        Assert.Equal(
            [SessionStatus.Scheduled, SessionStatus.Cancelled, SessionStatus.Scheduled, SessionStatus.Scheduled],
            (await SessionsAsync(school)).Select(s => s.Status));
    }

    [Theory]
    [InlineData(15, 1)]
    [InlineData(16, 2)]
    public async Task Families_are_asked_again_only_when_a_class_moves_by_more_than_a_quarter_of_an_hour(int minutes, int version)
    {
        await using var school = await SchoolOnZoom.StartAsync(StorageEngine.Sqlite);
        var meeting = school.Zoom.Schedule(SchoolOnZoom.Teacher, Safe);
        await school.FindAndCheckAsync();
        school.Zoom.Change(meeting.Id, m => m.Start = Five.AddMinutes(minutes));
        await CheckAgainAsync(school);

        var session = Assert.Single(await SessionsAsync(school));
        Assert.Equal((Five.AddMinutes(minutes), version), (session.Start, session.TimeVersion));
    }

    private static async Task CheckAgainAsync(SchoolOnZoom school)
    {
        school.App.Clock.Advance(CheckCalendar.Regularly);
        await school.App.RunAsync<CheckUpcomingMeetingsJob>();
    }

    private static Task<List<RuleRecord>> RulesAsync(SchoolOnZoom school) => school.App.ReadAsync(db => db.Set<RuleRecord>().ToListAsync());

    private static Task<List<OutboxMessage>> MailAsync(SchoolOnZoom school) => school.App.ReadAsync(db => db.Set<OutboxMessage>().ToListAsync());

    private static Task<List<Session>> SessionsAsync(SchoolOnZoom school) =>
        school.App.ReadAsync(db => db.Set<Session>().OrderBy(s => s.Start).ToListAsync());
}
