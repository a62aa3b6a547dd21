using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Planning;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Reminders;
using SessionGuard.School.People;
using SessionGuard.Tests.Platform.Mail;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Safeguarding.Reminders;

/// <summary>Many asks in one second, and asks on days on which the clocks change.</summary>
public sealed class ManyAsksTests
{
    [Fact]
    public async Task Three_services_that_want_two_hundred_asks_of_one_second_send_each_once()
    {
        await using var app = await App.StartAsync(StorageEngine.PostgreSql);
        var school = new FamilySchool(app.Services);
        var tap = await school.ClassAsync("Tap", App.Noon.AddHours(100));
        for (var family = 0; family < 200; family++)
        {
            await school.ChildAsync($"Child {family}", [await school.CarerAsync($"Carer {family}", $"carer{family}@families.example")], tap);
        }

        await app.RunAsync<SendRemindersJob>();
        app.Clock.Advance(TimeSpan.FromHours(4));
        await app.RunAsync<SendRemindersJob>(); // four days ahead they are planned
        app.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        await app.RunAsync<SendRemindersJob>();
        Assert.Empty(await app.OutboxAsync());
        Assert.Equal(200, await app.ReadAsync(db => db.Set<Ask>().CountAsync(a => a.Stage == AskStage.ThreeDays && a.DueAt == tap.Start.AddHours(-72))));

        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => app.RunAsync<SendRemindersJob>()));

        var mails = await app.OutboxAsync();
        Assert.Equal(200, mails.Select(m => m.To).Distinct().Count());
        Assert.Equal(200, mails.Count);
        Assert.Equal(200, await app.ReadAsync(db => db.Set<Ask>().CountAsync(a => a.State == AskState.Sent)));
    }

    /// <summary>A class every Sunday, over the Sunday on which the clocks change: at the same hour by the school's clock, asked 24 hours before.</summary>
    [Theory]
    [InlineData("Europe/London", "2027-03-21", "17:00", "2027-03-21T17:00Z 2027-03-28T16:00Z 2027-04-04T16:00Z", "Sunday 28 March, 5.00pm (UK time)")]
    [InlineData("Europe/London", "2027-10-24", "17:00", "2027-10-24T16:00Z 2027-10-31T17:00Z 2027-11-07T17:00Z", "Sunday 31 October, 5.00pm (UK time)")]
    [InlineData("Europe/London", "2027-10-24", "01:30", "2027-10-24T00:30Z 2027-10-31T00:30Z 2027-11-07T01:30Z", "Sunday 31 October, 1.30am (UK time)")]
    [InlineData("America/New_York", "2027-03-07", "17:00", "2027-03-07T22:00Z 2027-03-14T21:00Z 2027-03-21T21:00Z", "Sunday 14 March, 5.00pm (New York time)")]
    [InlineData("America/New_York", "2027-10-31", "17:00", "2027-10-31T21:00Z 2027-11-07T22:00Z 2027-11-14T22:00Z", "Sunday 7 November, 5.00pm (New York time)")]
    [InlineData("Australia/Lord_Howe", "2027-03-28", "17:00", "2027-03-28T06:00Z 2027-04-04T06:30Z 2027-04-11T06:30Z", "Sunday 4 April, 5.00pm (Lord Howe time)")]
    [InlineData("Australia/Lord_Howe", "2027-09-26", "17:00", "2027-09-26T06:30Z 2027-10-03T06:00Z 2027-10-10T06:00Z", "Sunday 3 October, 5.00pm (Lord Howe time)")]
    public async Task Over_a_change_of_clocks_a_family_is_asked_a_day_before_and_told_the_schools_own_time(
        string zone, string first, string time, string starts, string words)
    {
        var expected = starts.Split(' ').Select(s => DateTimeOffset.Parse(s, CultureInfo.InvariantCulture)).ToList();
        var dates = WeeklyDates.CalculateDates(
            TimeZoneInfo.FindSystemTimeZoneById(zone), DateOnly.Parse(first, CultureInfo.InvariantCulture), TimeOnly.Parse(time, CultureInfo.InvariantCulture), 3);
        Assert.Equal(expected, dates.Starts);
        await using var app = await App.StartAsync(
            StorageEngine.Sqlite, new() { ["Organisations:0:TimeZone"] = zone }, clock: new TestClock(dates.Starts[0].AddHours(-80)));
        var school = new FamilySchool(app.Services);
        var jo = await school.CarerAsync("Jo Smith", "jo@families.example");
        var classes = new List<SessionGuard.Classes.Sessions.Session>();
        foreach (var start in dates.Starts)
        {
            classes.Add(await school.ClassAsync("Tap", start));
        }

        await school.ChildAsync("Maya Smith", [jo], [.. classes]);
        foreach (var start in dates.Starts)
        {
            foreach (var (before, mails) in new[] { (72, 1), (24, 1), (2, 1) })
            {
                Assert.Equal((0, mails), await AskedAroundAsync(app, start.AddHours(-before)));
            }
        }

        await app.RunAsync<SendMailJob>();
        var sent = ReceivedMail.In(app.Folder);
        Assert.Equal(9, sent.Count);
        Assert.Equal(3, sent.Count(m => m.TextWords.Contains(words, StringComparison.Ordinal)));
    }

    /// <returns>How many mails were written a second before the instant, and at it.</returns>
    private static async Task<(int Before, int At)> AskedAroundAsync(App app, DateTimeOffset instant)
    {
        await app.RunAsync<SendRemindersJob>();
        app.Clock.Advance(instant.AddHours(-1) - app.Clock.GetUtcNow());
        await app.RunAsync<SendRemindersJob>();
        var had = (await app.OutboxAsync()).Count;
        app.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        await app.RunAsync<SendRemindersJob>();
        var before = (await app.OutboxAsync()).Count;
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.RunAsync<SendRemindersJob>();
        return (before - had, (await app.OutboxAsync()).Count - before);
    }
}
