using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Retention;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Retention;

public sealed class RetentionVerbTests
{
    [Fact]
    public async Task An_operator_holds_a_class_and_sees_what_would_go_beside_the_running_service()
    {
        await using var school = await KeptSchool.StartAsync(StorageEngine.Sqlite);
        var (app, session) = (school.App, await school.TaughtAsync("Tap"));
        var settings = App.Settings(app.Folder, StorageEngine.Sqlite, "");

        var held = await ProgramRun.ToEndAsync(app.Folder, ["retention", "hold", session.Id.ToString(), "--reason", "The insurer asked."], settings);
        Assert.True(held.ExitCode == 0, held.Error);
        var hold = await app.ReadAsync(db => db.Set<RetentionHold>().SingleAsync());
        Assert.Equal((session.Id, "The insurer asked.", session.Start.AddDays(-1)), (hold.SubjectId!.Value, hold.Reason, hold.DeliveriesFrom!.Value));

        var before = await school.CountAsync();
        var table = await ProgramRun.ToEndAsync(app.Folder, ["retention", "--dry-run"], settings);
        Assert.True(table.ExitCode == 0, table.Error);
        Assert.Matches(@"(?m)^alder +deliveries +30 +0\r?$", table.Output);
        Assert.Matches(@"(?m)^alder +attendance +1096 +0\r?$", table.Output);
        Assert.Equal(before, await school.CountAsync());
    }

    [Theory]
    [InlineData("retention hold takes a session's id, or --organisation", "hold", "--reason", "x")]
    [InlineData("--reason takes 1 to 500 characters", "hold", "--organisation", "alder", "--reason", " ")]
    public async Task A_hold_of_nothing_or_without_a_reason_is_refused(string said, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var run = await ProgramRun.ToEndAsync(folder, ["retention", .. arguments]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }
}
