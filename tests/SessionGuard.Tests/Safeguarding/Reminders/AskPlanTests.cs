using System.Globalization;
using SessionGuard.Safeguarding.Reminders;

namespace SessionGuard.Tests.Safeguarding.Reminders;

public sealed class AskPlanTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);
    private static readonly Guid Jo = new("00000000-0000-0000-0000-00000000000a");
    private static readonly Guid Kim = new("00000000-0000-0000-0000-00000000000b");

    // Jo is asked first, Kim is the second carer. "ThreeDays@-72" is due 72 hours before the start.
    [Theory]
    [InlineData("just beyond reach", "96:00:01", "", "")]
    [InlineData("as soon as it is planned", "96:00:00", "ThreeDays@-72 OneDay@-24 TwoHours@-2", "OneDay@-24 TwoHours@-2")]
    [InlineData("a second before the first stage", "72:00:01", "ThreeDays@-72 OneDay@-24 TwoHours@-2", "OneDay@-24 TwoHours@-2")]
    [InlineData("at the first stage", "72:00:00", "ThreeDays@now OneDay@-24 TwoHours@-2", "OneDay@-24 TwoHours@-2")]
    [InlineData("a second after it", "71:59:59", "ThreeDays@now OneDay@-24 TwoHours@-2", "OneDay@-24 TwoHours@-2")]
    [InlineData("a second before the second", "24:00:01", "ThreeDays@now OneDay@-24 TwoHours@-2", "OneDay@-24 TwoHours@-2")]
    [InlineData("two stages missed become one", "24:00:00", "OneDay@now TwoHours@-2", "OneDay@now TwoHours@-2")]
    [InlineData("a second before the last", "02:00:01", "OneDay@now TwoHours@-2", "OneDay@now TwoHours@-2")]
    [InlineData("all missed become one", "02:00:00", "TwoHours@now", "TwoHours@now")]
    [InlineData("a second before the start", "00:00:01", "TwoHours@now", "TwoHours@now")]
    [InlineData("at the start", "00:00:00", "", "")]
    [InlineData("after the start", "-00:00:01", "", "")]
    public void Stages(string because, string before, string first, string second)
    {
        var now = Start - Time(before);
        var plan = AskPlan.PlanAsks(Start, now, [new AskableAdult(Jo, IsFirst: true, KnowsOldTime: false), new AskableAdult(Kim, IsFirst: false, KnowsOldTime: false)]);

        Assert.Equal((because, first, second), (because, Words(plan, Jo, now), Words(plan, Kim, now)));
    }

    [Theory]
    [InlineData("far ahead", "200:00:00", "ThreeDays@now")]
    [InlineData("within reach", "90:00:00", "ThreeDays@now OneDay@-24 TwoHours@-2")]
    [InlineData("after a stage", "20:00:00", "OneDay@now TwoHours@-2")]
    [InlineData("after the start", "-01:00:00", "")]
    public void Who_answered_for_another_time_hears_of_the_new_one_at_once(string because, string before, string expected)
    {
        var now = Start - Time(before);
        Assert.Equal((because, expected), (because, Words(AskPlan.PlanAsks(Start, now, [new AskableAdult(Kim, IsFirst: false, KnowsOldTime: true)]), Kim, now)));
    }

    [Theory]
    [InlineData("far ahead", "96:00:01", false, "")]
    [InlineData("told once, the day before", "90:00:00", false, "OneDay@-24")]
    [InlineData("late in the class", "01:00:00", false, "OneDay@now")]
    [InlineData("who was told another time hears of the new one at once", "200:00:00", true, "OneDay@now")]
    [InlineData("after the start", "-00:00:01", true, "")]
    public void An_adult_student_is_told_once(string because, string before, bool knowsOldTime, string expected)
    {
        var now = Start - Time(before);
        var plan = AskPlan.PlanAsks(Start, now, [new AskableAdult(Kim, IsFirst: false, knowsOldTime, IsStudent: true)]);

        Assert.Equal((because, expected), (because, Words(plan, Kim, now)));
    }

    [Theory]
    [InlineData("96:00:01", "96:00:00")]
    [InlineData("96:00:00", "72:00:00")]
    [InlineData("72:00:00", "24:00:00")]
    [InlineData("24:00:00", "02:00:00")]
    [InlineData("02:00:01", "02:00:00")]
    [InlineData("02:00:00", null)]
    public void It_looks_again_at_each_stage(string before, string? next) =>
        Assert.Equal(next is null ? null : Start - Time(next), AskPlan.NextLook(Start, Start - Time(before)));

    private static string Words(IReadOnlyList<PlannedAsk> plan, Guid carer, DateTimeOffset now) => string.Join(' ', plan
        .Where(a => a.CarerId == carer).Select(a => $"{a.Stage}@{(a.DueAt == now ? "now" : (a.DueAt - Start).TotalHours.ToString(CultureInfo.InvariantCulture))}"));

    /// <summary>Hours may be more than 23.</summary>
    private static TimeSpan Time(string text)
    {
        var parts = text.TrimStart('-').Split(':').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        var time = TimeSpan.FromHours(parts[0]) + TimeSpan.FromMinutes(parts[1]) + TimeSpan.FromSeconds(parts[2]);
        return text[0] == '-' ? -time : time;
    }
}
