using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Flags;
using SessionGuard.Mail;
using SessionGuard.People;
using SessionGuard.Safeguards;
using SessionGuard.Seats;
using SessionGuard.Sessions;
using SessionGuard.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Flags;

/// <summary>Findings whose weight hangs on who is expected, who is there, and what was before.</summary>
public sealed class GraverFlagsTests
{
    private const string WaitingRoom = "waiting-room-on";

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
                Record(taught, another, EvidenceGap.Id, "Zoom never told us when somebody left."));
        });
        taught.WaitUntil(TaughtClass.Five);
        taught.TeacherJoins();
        await taught.JudgeAsync();
        taught.WaitUntil(known.End + EvidenceGap.LatestEnd); // and Zoom never told of an end
        await taught.JudgeAsync();

        var flag = Assert.Single(await taught.FlagsAsync());
        var status = expected is Severity.Medium ? FlagStatus.Open : FlagStatus.WithTeacher;
        Assert.Equal((EvidenceGap.Id, expected, Certainty.Certain, status), (flag.Rule, flag.Severity, flag.Certainty, flag.Status));
        taught.WaitUntil(App.Noon.AddHours(19));
        await taught.App.RunAsync<SendDigestsJob>();
        Assert.Equal(
            expected is Severity.Medium ? 1 : 0,
            await taught.App.ReadAsync(db => db.Set<OutboxMessage>().CountAsync(m => m.Purpose == "digest")));
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
