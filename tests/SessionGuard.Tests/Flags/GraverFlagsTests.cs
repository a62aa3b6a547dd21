using System.Globalization;
using SessionGuard.Flags;
using SessionGuard.People;
using SessionGuard.Safeguards;
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
