using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Checking;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Platform.Jobs;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Safeguarding.Flags;

public sealed class SendDigestsTests
{
    private const string Lead = "lead@alder.example";

    [Theory, OnEachEngine]
    internal async Task In_the_morning_the_lead_is_told_how_much_waits_and_once_a_day(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await taught.App.RunAsync<SendDigestsJob>();
        var flag = await RaiseAsync(taught);
        taught.WaitUntil(App.Noon.AddHours(19).AddSeconds(-1));
        await taught.App.RunAsync<SendDigestsJob>();
        Assert.Empty(await DigestsAsync(taught.App));

        taught.Wait(1); // seven in the morning
        await Task.WhenAll(taught.App.RunAsync<SendDigestsJob>(), taught.App.RunAsync<SendDigestsJob>());
        await taught.App.RunAsync<SendDigestsJob>();
        Assert.Equal([(Lead, "One thing waits for you in SessionGuard")], await DigestsAsync(taught.App));

        taught.WaitUntil(App.Noon.AddHours(19 + 24));
        await taught.App.RunAsync<SendDigestsJob>();
        Assert.Equal(2, (await DigestsAsync(taught.App)).Count);

        await taught.AsAsync<CloseFlag, CloseOutcome>(
            taught.Lead, close => close.HandleAsync(flag.Id, CloseReason.TalkedOver, "Rang the family.", null, CancellationToken.None));
        taught.WaitUntil(App.Noon.AddHours(19 + 48));
        await taught.App.RunAsync<SendDigestsJob>();
        Assert.Equal(2, (await DigestsAsync(taught.App)).Count);
    }

    [Theory, OnEachEngine]
    internal async Task The_mail_has_the_number_and_nothing_of_what_it_is_about(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await taught.App.RunAsync<SendDigestsJob>();
        await RaiseAsync(taught);
        taught.WaitUntil(App.Noon.AddHours(19));
        await taught.App.RunAsync<SendDigestsJob>();
        await taught.App.RunAsync<SendMailJob>();

        var texts = await Task.WhenAll(Directory.GetFiles(Path.Combine(taught.App.Folder, "mail")).Select(file => File.ReadAllTextAsync(file)));
        var text = Assert.Single(texts, t => t.Contains("One thing waits for you in SessionGuard", StringComparison.Ordinal));
        Assert.Contains("Nothing of it is urgent.", text, StringComparison.Ordinal);
        Assert.Contains("https://lessons.alder.example/flags", text, StringComparison.Ordinal);
        Assert.All((string[])["Maya", "Tap", "Jones", "answered", "adult"], word => Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase));
    }

    [Theory, OnEachEngine]
    internal async Task What_is_about_the_leads_own_class_waits_for_the_deputy(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await taught.App.WriteAsync(db => db.Set<RoleHolder>().Single(h => h.Duty == Duty.Lead).Email = SchoolOnZoom.Teacher);
        await taught.App.RunAsync<FindMeetingsJob>(); // it learns from Zoom who the host is
        await taught.App.RunAsync<SendDigestsJob>();
        await RaiseAsync(taught);
        taught.WaitUntil(App.Noon.AddHours(19));
        await taught.App.RunAsync<SendDigestsJob>();

        Assert.Equal([(TaughtClass.DeputyEmail, "One thing waits for you in SessionGuard")], await DigestsAsync(taught.App));
    }

    [Theory, OnEachEngine]
    internal async Task What_is_still_the_teachers_waits_for_nobody_else(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await taught.App.RunAsync<SendDigestsJob>();
        await RaiseAsync(taught);
        await taught.App.WriteAsync(db => db.Set<Flag>().Single().Status = FlagStatus.WithTeacher);
        taught.WaitUntil(App.Noon.AddHours(19));
        await taught.App.RunAsync<SendDigestsJob>();
        Assert.Empty(await DigestsAsync(taught.App));
    }

    [Theory, OnEachEngine]
    internal async Task After_days_of_standing_still_one_mail_comes_and_the_next_in_the_morning(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        await taught.App.RunAsync<SendDigestsJob>();
        await RaiseAsync(taught);
        taught.WaitUntil(App.Noon.AddDays(4));
        await taught.App.RunAsync<SendDigestsJob>();
        Assert.Single(await DigestsAsync(taught.App));
        Assert.Equal(App.Noon.AddDays(4).AddHours(19), await DueAsync(taught.App));
    }

    [Theory]
    [InlineData(StorageEngine.Sqlite, Side.Before)]
    [InlineData(StorageEngine.Sqlite, Side.After)]
    [InlineData(StorageEngine.PostgreSql, Side.Before)]
    [InlineData(StorageEngine.PostgreSql, Side.After)]
    internal async Task Whenever_the_pass_dies_one_mail_is_queued(StorageEngine engine, Side side)
    {
        var failpoint = new Failpoint(1, side);
        await using var school = await JobScenes.ForTheMorningAsync(engine, services => services.AddSingleton<IInterceptor>(failpoint));
        failpoint.Arm();
        Assert.NotNull(await Record.ExceptionAsync(() => school.App.RunAsync<SendDigestsJob>()));

        await school.RestartAsync();
        await school.App.RunAsync<SendDigestsJob>();
        var (to, subject) = Assert.Single(await DigestsAsync(school.App));
        Assert.Equal((Lead, "One thing waits for you in SessionGuard", App.Noon.AddHours(19)), (to, subject, await DueAsync(school.App)));
    }

    [Theory]
    [InlineData("Europe/London", "2026-11-24T06:59Z", "2026-11-24T07:00Z")]
    [InlineData("Europe/London", "2026-11-24T07:00Z", "2026-11-25T07:00Z")]
    [InlineData("Europe/London", "2027-03-27T12:00Z", "2027-03-28T06:00Z")] // the clocks go forward
    [InlineData("Europe/London", "2027-10-30T12:00Z", "2027-10-31T07:00Z")] // and back
    [InlineData("Europe/London", "2028-02-28T12:00Z", "2028-02-29T07:00Z")]
    [InlineData("America/New_York", "2027-12-31T23:00Z", "2028-01-01T12:00Z")]
    [InlineData("Asia/Kathmandu", "2026-11-24T01:15Z", "2026-11-25T01:15Z")]
    [InlineData("Australia/Lord_Howe", "2027-04-03T12:00Z", "2027-04-03T20:30Z")]
    public async Task The_morning_is_the_schools_own(string zone, string now, string expected)
    {
        await using var app = await App.StartAsync(
            StorageEngine.Sqlite, new() { ["Organisations:0:TimeZone"] = zone }, clock: new TestClock(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));
        await app.RunAsync<SendDigestsJob>();
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), await DueAsync(app));
    }

    [Fact]
    public async Task Each_day_has_one_morning_over_both_changes_of_the_clock()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, clock: new TestClock(new DateTimeOffset(2027, 3, 20, 12, 0, 0, TimeSpan.Zero)));
        await app.RunAsync<SendDigestsJob>();
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
        for (var day = new DateOnly(2027, 3, 21); day < new DateOnly(2027, 11, 7); day = day.AddDays(1))
        {
            var due = (await DueAsync(app))!.Value;
            Assert.Equal(day.ToDateTime(new TimeOnly(7, 0)), TimeZoneInfo.ConvertTime(due, zone).DateTime);
            app.Clock.Advance(due - app.Clock.GetUtcNow());
            await app.RunAsync<SendDigestsJob>();
        }
    }

    /// <summary>Nobody has answered for Maya: of middling weight, and surely so.</summary>
    private static async Task<Flag> RaiseAsync(TaughtClass taught)
    {
        taught.WaitUntil(TaughtClass.Five.AddHours(-2));
        await taught.JudgeAsync();
        taught.Wait(120);
        await taught.JudgeAsync();
        return Assert.Single(await taught.FlagsAsync());
    }

    private static Task<DateTimeOffset?> DueAsync(App app) => app.ReadAsync(db => db.Set<Organisation>().Select(o => o.DigestDueAt).SingleAsync());

    private static Task<List<(string To, string Subject)>> DigestsAsync(App app) => app.ReadAsync(async db =>
        (await db.Set<OutboxMessage>().Where(m => m.Purpose == "digest").OrderBy(m => m.CreatedAt).ToListAsync()).ConvertAll(m => (m.To, m.Subject)));
}
