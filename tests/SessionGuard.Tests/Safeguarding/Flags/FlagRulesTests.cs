using SessionGuard.Rules;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Rules;

namespace SessionGuard.Tests.Safeguarding.Flags;

public sealed class FlagRulesTests
{
    private const int Hour = 3600;

    [Theory]
    [InlineData("a week before: three days before", SessionPhase.Scheduled, -168 * Hour, -72 * Hour)]
    [InlineData("three days before: a day before", SessionPhase.Scheduled, -72 * Hour, -24 * Hour)]
    [InlineData("a second before a day before", SessionPhase.Scheduled, (-24 * Hour) - 1, -24 * Hour)]
    [InlineData("a day before: two hours before", SessionPhase.Scheduled, -24 * Hour, -2 * Hour)]
    [InlineData("two hours before: the start", SessionPhase.Scheduled, -2 * Hour, 0)]
    [InlineData("the start, and nobody came", SessionPhase.Scheduled, 0, Hour + 900)]
    [InlineData("on: every half a minute", SessionPhase.Live, 100, 130)]
    [InlineData("on, two hours over time: every quarter of an hour", SessionPhase.Live, 3 * Hour, (3 * Hour) + 900)]
    [InlineData("on, a day over time: never", SessionPhase.Live, 25 * Hour, null)]
    [InlineData("just ended: a quarter of an hour later", SessionPhase.Over, Hour, Hour + 900)]
    [InlineData("cancelled: never", SessionPhase.Cancelled, 0, null)]
    internal void Next(string because, SessionPhase phase, int second, int? expected)
    {
        var next = JudgeCalendar.Next(Evidence.Of(phase, second), []);
        Assert.True((expected is { } s ? Evidence.Zero.AddSeconds(s) : null) == next, $"{because}: {next}");
    }

    [Theory]
    [InlineData(Hour + 899, Hour + 900)]
    [InlineData(Hour + 900, Hour + 1800)]
    [InlineData(Hour + 1800, 25 * Hour)]
    [InlineData((25 * Hour) - 1, 25 * Hour)]
    [InlineData(25 * Hour, null)]
    public void After_the_end_it_is_judged_three_times_more(int second, int? expected)
    {
        var over = Evidence.Of(SessionPhase.Over, Hour) with { Now = Evidence.Zero.AddSeconds(second) };
        Assert.Equal(expected is { } s ? Evidence.Zero.AddSeconds(s) : null, JudgeCalendar.Next(over, []));
    }

    [Fact]
    public void What_has_to_last_a_while_is_looked_at_when_it_has()
    {
        var before = Evidence.Of(SessionPhase.Scheduled, -10 * Hour);
        Assert.Equal(before.Now.AddSeconds(120), JudgeCalendar.Next(before, [before.Now.AddSeconds(120)]));
        Assert.Equal(Evidence.Zero.AddHours(-2), JudgeCalendar.Next(before, [before.Now]));
    }

    [Theory]
    [InlineData("high goes to the lead", Severity.High, "lead deputy outside", "", "lead", false)]
    [InlineData("critical goes to both", Severity.Critical, "lead deputy outside", "", "lead deputy", false)]
    [InlineData("the lead teaches it", Severity.High, "lead deputy outside", "lead", "deputy", true)]
    [InlineData("the lead teaches it, and it is critical", Severity.Critical, "lead deputy outside", "lead", "deputy", true)]
    [InlineData("the lead teaches it, and there is no deputy", Severity.High, "lead outside", "lead", "outside", true)]
    [InlineData("critical, and there is no deputy", Severity.Critical, "lead outside", "lead", "outside", true)]
    [InlineData("lead and deputy teach it", Severity.Critical, "lead deputy outside", "lead deputy", "outside", true)]
    [InlineData("nobody else", Severity.Critical, "lead", "lead", "", false)]
    internal void Told(string because, Severity severity, string holders, string teaching, string expected, bool insteadOfLead)
    {
        var duties = new Dictionary<string, Duty> { ["lead"] = Duty.Lead, ["deputy"] = Duty.Deputy, ["outside"] = Duty.OutsideContact };
        var line = Words(holders).Select(w => new RoleHolder
        {
            Id = Guid.CreateVersion7(Evidence.Zero),
            OrganisationId = Guid.Empty,
            Duty = duties[w],
            Name = w,
            Email = $"{w}@alder.example",
            From = Evidence.Zero,
        }).Reverse().ToList();
        var emails = Words(teaching).Select(w => $"{w.ToUpperInvariant()}@alder.example").ToList();
        var told = FlagRouting.For(severity, line, new ClassStaff(emails, emails.Select(StaffAccounts.Normalize).ToHashSet()));
        Assert.True(expected == string.Join(' ', told.Select(t => t.Holder.Name)), because);
        Assert.All(told, t => Assert.Equal(insteadOfLead, t.InsteadOfLead));
    }

    [Fact]
    public void A_cursor_reads_back_and_nothing_else_does()
    {
        var cursor = new FlagCursor(1, 2, Evidence.Zero, Guid.CreateVersion7(Evidence.Zero));
        Assert.Equal(cursor, FlagCursor.Parse(cursor.ToString()));
        Assert.All((string[])["", "abc", new string('_', 35)], text => Assert.Null(FlagCursor.Parse(text)));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
