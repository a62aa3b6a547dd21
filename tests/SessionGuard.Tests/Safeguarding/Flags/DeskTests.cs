using System.Net;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Safeguarding.Flags;

public sealed class DeskTests
{
    [Fact]
    public async Task Who_decides_on_the_last_flag_sees_that_it_was_kept()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, SeededSchool.Settings);
        var school = await SeededSchool.PlantAsync(app.Services, app.Clock.GetUtcNow(), withPeople: true);
        await app.WriteAsync(db => db.Set<Flag>().Where(f => f.Id != school.Flag).ToList().ForEach(f => f.Status = FlagStatus.Dismissed));
        using var lead = await app.SignedInAsync(school.Lead);

        var desk = await Form.OpenAsync(lead, $"/flags/{school.Flag}?handler=Close");
        using var answer = await desk.SendAsync(("reason", nameof(CloseReason.TalkedOver)), ("note", "A colleague is there from now on."));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var said = string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        var after = await Form.OpenAsync(lead, answer.Headers.Location!.ToString(), said);
        Assert.Contains("Nothing waits for you", after.Html, StringComparison.Ordinal);
        Assert.Contains("Your decision is kept.", after.Html, StringComparison.Ordinal);
        Assert.Contains("A colleague is there from now on.", after.Html, StringComparison.Ordinal);
    }
}
