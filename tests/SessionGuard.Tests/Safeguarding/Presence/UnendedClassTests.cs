using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Tests.Safeguarding.Flags;
using SessionGuard.Tests.Testing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Safeguarding.Presence;

/// <summary>Classes whose end Zoom never told, and whose report does not know it either.</summary>
public sealed class UnendedClassTests
{
    private static readonly DateTimeOffset End = TaughtClass.Five.AddMinutes(45);

    [Theory, OnEachEngine]
    internal async Task Where_the_plan_has_no_reports_Zoom_is_asked_once(StorageEngine engine)
    {
        await using var taught = await BeginAsync(engine);
        taught.Zoom.Faults.Always(Fault.Error(400, 200, "Only available for paid accounts."), pathPrefix: "/v2/report");
        taught.Zoom.Faults.Always(Fault.Error(400, 200, "Only available for paid accounts."), pathPrefix: "/v2/past_meetings");

        taught.WaitUntil(End.AddHours(3));
        await JudgeAndAskAsync(taught, times: 5);

        Assert.Equal(1, Reports(taught));
        Assert.Null((await taught.SessionAsync()).BackfillDueAt);
        Assert.Equal(RuleResult.NotMet, await taught.ResultAsync("evidence-gap"));
    }

    [Theory, OnEachEngine]
    internal async Task Where_there_is_no_report_Zoom_is_asked_again_after_a_day_and_then_no_more(StorageEngine engine)
    {
        await using var taught = await BeginAsync(engine);
        taught.Zoom.Faults.Always(Fault.NotFound(), pathPrefix: "/v2/report");
        taught.Zoom.Faults.Always(Fault.NotFound(), pathPrefix: "/v2/past_meetings");

        taught.WaitUntil(End.AddHours(3));
        await JudgeAndAskAsync(taught, times: 5);
        Assert.Equal((1, End.AddHours(24)), (Reports(taught), (await taught.SessionAsync()).BackfillDueAt));

        taught.WaitUntil(End.AddHours(24));
        await JudgeAndAskAsync(taught, times: 5);
        Assert.Equal(2, Reports(taught));
        Assert.Null((await taught.SessionAsync()).BackfillDueAt);
        Assert.Equal(SessionStatus.Live, (await taught.SessionAsync()).Status);
    }

    /// <summary>The teacher and Maya come, and then nothing is told any more.</summary>
    private static async Task<TaughtClass> BeginAsync(StorageEngine engine)
    {
        var taught = await TaughtClass.StartAsync(engine);
        taught.WaitUntil(TaughtClass.Five);
        taught.TeacherJoins();
        taught.MayaJoins();
        await taught.School.CarryAsync();
        return taught;
    }

    private static async Task JudgeAndAskAsync(TaughtClass taught, int times)
    {
        for (var n = 0; n < times; n++)
        {
            await taught.App.RunAsync<EvaluateSessionsJob>();
            await taught.App.RunAsync<BackfillJob>();
            taught.Wait(2);
        }
    }

    private static int Reports(TaughtClass taught) => taught.Zoom.Calls.Count(c => c.Path.StartsWith("/v2/report/", StringComparison.Ordinal));
}
