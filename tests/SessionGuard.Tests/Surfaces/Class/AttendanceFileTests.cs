using System.Net;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Safeguarding.Flags;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Surfaces.Class;

public sealed class AttendanceFileTests
{
    [Theory, OnEachEngine]
    internal async Task The_lead_takes_out_who_was_there_when_in_the_schools_time(StorageEngine engine)
    {
        await using var taught = await HeldAsync(engine, "=cmd|' /C calc'!A0");
        using var lead = await taught.App.BrowserOfAsync(taught.Lead);
        using var answer = await lead.GetAsync(PathOf(taught));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(("text/csv", "utf-8"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentType.CharSet));
        Assert.Equal(("attachment", "attendance-2026-11-24.csv"), (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileName));
        Assert.Equal((true, "nosniff"), (answer.Headers.CacheControl!.NoStore, Assert.Single(answer.Headers.GetValues("X-Content-Type-Options"))));
        Assert.Equal(
            [
                ["Who", "Kind", "Where", "From", "To", "Minutes"],
                ["Alex Teacher", "staff", "class", "2026-11-24T17:00:00+00:00", "2026-11-24T17:15:00+00:00", "15"],
                ["Maya", "child", "class", "2026-11-24T17:01:00+00:00", "2026-11-24T17:15:00+00:00", "14"],
                ["'=cmd|' /C calc'!A0", "not known", "class", "2026-11-24T17:02:30+00:00", "2026-11-24T17:15:00+00:00", "12.5"],
            ],
            Csv.Read(await answer.Content.ReadAsByteArrayAsync()));
    }

    [Fact]
    public async Task A_child_who_was_not_seen_stands_in_it_too()
    {
        await using var taught = await TaughtClass.StartAsync(StorageEngine.Sqlite);
        using var lead = await taught.App.BrowserOfAsync(taught.Lead);
        var rows = Csv.Read(await lead.GetByteArrayAsync(PathOf(taught)));
        Assert.Equal(["Maya", "child", "not seen", "", "", ""], Assert.Single(rows.Skip(1)));
    }

    [Fact]
    public async Task The_classs_page_leads_those_to_it_who_may_have_it()
    {
        await using var taught = await HeldAsync(StorageEngine.Sqlite, "Gran");
        using var lead = await taught.App.BrowserOfAsync(taught.Lead);
        using var teacher = await taught.App.BrowserOfAsync(taught.Teacher);

        Assert.Contains(PathOf(taught), await lead.GetStringAsync($"/sessions/{taught.SessionId}"), StringComparison.Ordinal);
        Assert.DoesNotContain(PathOf(taught), await teacher.GetStringAsync($"/sessions/{taught.SessionId}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await teacher.GetAsync(PathOf(taught))).StatusCode);
    }

    private static string PathOf(TaughtClass taught) => $"/sessions/{taught.SessionId}/attendance.csv";

    /// <summary>The teacher, Maya and somebody whose screen says <paramref name="name"/> are in the class until a quarter past five.</summary>
    private static async Task<TaughtClass> HeldAsync(StorageEngine engine, string name)
    {
        var taught = await TaughtClass.StartAsync(engine);
        taught.WaitUntil(TaughtClass.Five);
        taught.TeacherJoins();
        taught.Wait(60);
        taught.MayaJoins();
        taught.Wait(90);
        taught.Zoom.Join(taught.Meeting.Id, JoinMeeting.Guest(name) with { ViaWaitingRoom = false });
        taught.Wait(750);
        taught.Zoom.End(taught.Meeting.Id);
        await taught.JudgeAsync();
        return taught;
    }
}
