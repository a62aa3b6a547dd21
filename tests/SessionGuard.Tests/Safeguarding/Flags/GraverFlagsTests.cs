using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.School.People;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Webhooks.Processing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Safeguarding.Flags;

/// <summary>Findings whose weight hangs on who is expected, who is there, and what was before.</summary>
public sealed class GraverFlagsTests
{
    private const string WaitingRoom = "waiting-room-on";
    private const string Confirmed = "parent-confirmed";
    private const string Unknown = "unknown-participant";

    [Theory]
    [InlineData(StorageEngine.Sqlite, "2015-11-25", Severity.High)]
    [InlineData(StorageEngine.Sqlite, "2015-11-24", Severity.Medium)] // eleven on the day of the class
    [InlineData(StorageEngine.Sqlite, null, Severity.Medium)]
    [InlineData(StorageEngine.PostgreSql, "2015-11-25", Severity.High)]
    [InlineData(StorageEngine.PostgreSql, "2015-11-24", Severity.Medium)]
    internal async Task A_waiting_room_that_stays_off_is_graver_for_a_child_under_eleven(StorageEngine engine, string? born, Severity expected)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await taught.App.WriteAsync(db =>
        {
            db.Set<Person>().Single(p => p.Id == taught.Maya).BornOn = born is null ? null : DateOnly.Parse(born, CultureInfo.InvariantCulture);
            db.Add(Record(taught, taught.SessionId, WaitingRoom, "The waiting room is off."));
        });
        await taught.JudgeAsync();

        var flag = await taught.FlagAsync(WaitingRoom);
        Assert.Equal((expected, FlagStatus.Open), (flag.Severity, flag.Status));
        Assert.Equal(
            expected is Severity.High ? "The waiting room is off, and a child under 11 is expected." : "The waiting room is off.", flag.Summary);
        Assert.Equal(expected is Severity.High ? 1 : 0, (await taught.ToldAsync()).Count);
        Assert.Equal(expected, await taught.App.ReadAsync(db => db.Set<RuleRecord>().Where(r => r.Rule == WaitingRoom).Select(r => r.Severity).SingleAsync()));
    }

    [Theory]
    [InlineData(StorageEngine.Sqlite, 30, Severity.Medium)]
    [InlineData(StorageEngine.Sqlite, 31, Severity.Low)]
    [InlineData(StorageEngine.PostgreSql, 30, Severity.Medium)]
    [InlineData(StorageEngine.PostgreSql, 31, Severity.Low)]
    internal async Task A_second_hole_within_a_month_is_the_leads_and_counted_in_the_morning_mail(StorageEngine engine, int daysBefore, Severity expected)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await taught.App.RunAsync<SendDigestsJob>();
        var (another, known) = (TaughtClass.Id(), await taught.SessionAsync());
        await taught.App.WriteAsync(db =>
        {
            db.RemoveRange(db.Set<Seat>()); // nobody whose adult could be missing
            db.AddRange(
                new Session
                {
                    Id = another,
                    OrganisationId = known.OrganisationId,
                    MeetingId = known.MeetingId,
                    SeriesId = known.SeriesId,
                    OccurrenceKey = "earlier",
                    Planned = true,
                    Topic = known.Topic,
                    Start = known.Start.AddDays(-daysBefore),
                    End = known.End.AddDays(-daysBefore),
                    Status = SessionStatus.Unverified,
                },
                Record(taught, another, EvidenceGap.Rule.Id, "Zoom never told us when somebody left."));
        });
        taught.WaitUntil(TaughtClass.Five);
        taught.TeacherJoins();
        await taught.JudgeAsync();
        taught.WaitUntil(known.End + EvidenceGap.LatestEnd); // and Zoom never told of an end
        await taught.JudgeAsync();

        var flag = Assert.Single(await taught.FlagsAsync());
        var status = expected is Severity.Medium ? FlagStatus.Open : FlagStatus.WithTeacher;
        Assert.Equal((EvidenceGap.Rule.Id, expected, Certainty.Certain, status), (flag.Rule, flag.Severity, flag.Certainty, flag.Status));
        taught.WaitUntil(App.Noon.AddHours(19));
        await taught.App.RunAsync<SendDigestsJob>();
        Assert.Equal(
            expected is Severity.Medium ? 1 : 0,
            await taught.App.ReadAsync(db => db.Set<OutboxMessage>().CountAsync(m => m.Purpose == "digest")));
    }

    [Theory, OnEachEngine]
    internal async Task A_stranger_at_the_door_is_the_teachers_and_one_who_stays_inside_the_leads(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        taught.WaitUntil(TaughtClass.Five);
        taught.TeacherJoins();
        var stranger = taught.Zoom.Join(taught.Meeting.Id, JoinMeeting.Guest("Galaxy A12"));
        taught.Wait(600);
        await taught.JudgeAsync();
        var flag = await taught.FlagAsync(Unknown);
        Assert.Equal((Severity.Medium, FlagStatus.WithTeacher), (flag.Severity, flag.Status));

        taught.Zoom.Leave(stranger);
        await taught.JudgeAsync();
        flag = await taught.FlagAsync(Unknown);
        Assert.Equal((Severity.Medium, FlagStatus.Closed, CloseReason.EvidenceChanged), (flag.Severity, flag.Status, flag.Reason));
        Assert.DoesNotContain("lead@alder.example", await taught.ToldAsync());

        var other = taught.Zoom.Join(taught.Meeting.Id, JoinMeeting.Guest("iPhone"));
        await taught.JudgeAsync();
        taught.Zoom.Admit(other);
        taught.Wait(120);
        await taught.JudgeAsync();
        Assert.Equal(Severity.Medium, (await taught.FlagAsync(Unknown)).Severity);
        taught.Wait(30);
        await taught.App.RunAsync<EvaluateSessionsJob>();
        flag = await taught.FlagAsync(Unknown);
        Assert.Equal((Severity.High, Certainty.Likely, FlagStatus.Open), (flag.Severity, flag.Certainty, flag.Status));
        Assert.Contains("lead@alder.example", await taught.ToldAsync());
    }

    [Theory, OnEachEngine]
    internal async Task Who_waits_for_the_host_is_no_stranger_when_the_host_has_come(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        taught.WaitUntil(TaughtClass.Five);
        taught.Zoom.Join(taught.Meeting.Id, JoinMeeting.Registrant(taught.MayasLink, "Maya") with { ViaWaitingRoom = false });
        taught.Wait(30); // only then does Zoom tell of it
        var early = taught.Zoom.Deliveries.Raised[^1];
        Assert.Equal("meeting.participant_jbh_waiting", early.Name);
        await taught.School.CarryAsync();
        taught.TeacherJoins();
        foreach (var raised in taught.Zoom.Deliveries.Raised.SkipWhile(r => r != early).Skip(1).Where(r => r.Name != "meeting.participant_jbh_waiting_left"))
        {
            await taught.App.DeliverAsync(raised.Body);
        }

        await taught.App.RunAsync<ProcessInboxJob>();
        await taught.App.RunAsync<EvaluateSessionsJob>();
        Assert.Equal(RuleResult.Met, await taught.ResultAsync(Unknown));
    }

    [Theory, OnEachEngine]
    internal async Task A_child_who_comes_and_whose_adults_cannot_be_reached_waits_with_the_lead(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await taught.App.WriteAsync(db => db.Set<Person>().Single(p => p.Id == taught.Mother).Email = null);
        taught.WaitUntil(TaughtClass.Five);
        taught.TeacherJoins();
        taught.MayaJoins();
        await taught.JudgeAsync();
        Assert.Equal(RuleResult.CouldNotCheck, await taught.ResultAsync(Confirmed));
        Assert.DoesNotContain(await taught.FlagsAsync(), f => f.Rule == Confirmed);

        taught.Wait(600);
        await taught.JudgeAsync();
        var flag = await taught.FlagAsync(Confirmed);
        Assert.Equal((Severity.Medium, Certainty.Likely, FlagStatus.Open), (flag.Severity, flag.Certainty, flag.Status));
        Assert.DoesNotContain("lead@alder.example", await taught.ToldAsync()); // it is for the morning's mail
    }

    private static RuleRecord Record(TaughtClass taught, Guid sessionId, string rule, string why) => new()
    {
        Id = TaughtClass.Id(),
        OrganisationId = taught.App.School.Id,
        SessionId = sessionId,
        Rule = rule,
        Result = RuleResult.NotMet,
        Certainty = Certainty.Certain,
        Why = why,
        JudgedAt = App.Noon,
        Since = App.Noon.AddHours(-1),
    };
}
