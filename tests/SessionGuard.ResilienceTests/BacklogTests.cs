using System.Diagnostics;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.ResilienceTests.Kit;
using SessionGuard.Tests.Platform.Mail;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.Testing;

namespace SessionGuard.ResilienceTests;

/// <summary>The jobs were away for long; the endpoint was not.</summary>
[Collection(nameof(Alone))]
public sealed class BacklogTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [Theory, OnEachEngine]
    internal async Task Backlog_is_applied_in_order_while_more_comes_in_and_a_reminder_that_is_due_leaves(StorageEngine engine)
    {
        var backlog = Size.Of(3_000, 100_000);
        await using var mails = new ScriptedSmtpServer();
        await using var site = await Site.PrepareAsync(engine, settings: mails.Settings);
        var node = await site.StartAsync();
        using var sender = new Sender(node.Address);
        await sender.SendInOrderAsync(backlog);
        Assert.Equal(backlog, sender.Acknowledged);
        await node.StopAsync();
        await AskTomorrowsFamilyAsync(site);

        await node.LaunchAsync(new Dictionary<string, string?> { ["Jobs:Enabled"] = "true" });
        var (drained, first) = (Stopwatch.StartNew(), TimeSpan.Zero);
        await using (sender.Load(perSecond: 50))
        {
            await AppliedAsync(site, backlog / 2);
            first = drained.Elapsed;
            await AppliedAsync(site, backlog);
            drained.Stop();
            Size.Within(TimeSpan.FromSeconds(backlog / 170.0), drained.Elapsed);
            Size.Within(1.3 * first, drained.Elapsed - first);
            await Eventually.Async(() => mails.Messages.Any(m => m.NumberIn("To") == 7), Patience);
            Assert.InRange(node.Size.Bytes, 0, 512L << 20);
        }

        await site.Database.AppliedAsync(Patience);
        Assert.Equal(0, await node.StopAsync());
        Report.Balanced("backlog (14): effects", engine, 1, Balance.Of(sender, await site.Database.EffectsAsync()), drained.Elapsed);
        await AssertInOrderAsync(site, backlog);
    }

    /// <summary>Their reminder falls due as soon as jobs run.</summary>
    private static async Task AskTomorrowsFamilyAsync(Site site)
    {
        await using var office = await App.StartAsync(site.Engine, site.Office, clock: new TestClock(DateTimeOffset.UtcNow));
        var school = new FamilySchool(office.Services);
        var tap = await school.ClassAsync("Tap", DateTimeOffset.UtcNow.AddHours(20));
        await school.ChildAsync("Child 7", [await school.CarerAsync("Carer 7", "carer7@families.example")], tap);
    }

    private static Task AppliedAsync(Site site, int count) => Eventually.Async(
        async () => await site.Database.CountAsync("SELECT COUNT(*) FROM inbox_messages WHERE state <> 'Pending'") >= count, Patience);

    /// <summary>No delivery of a meeting was applied before one of the same meeting that had come earlier.</summary>
    private static async Task AssertInOrderAsync(Site site, int backlog)
    {
        var applied = await site.Database.ReadAsync(
            "SELECT delivery_key, applied_at FROM inbox_messages", row => (Number: Events.NumberOf((byte[])row[0]), At: (IComparable)row[1]));
        foreach (var meeting in applied.Where(a => a.Number < backlog).GroupBy(a => Events.MeetingOf(a.Number)))
        {
            var inOrder = meeting.OrderBy(a => a.Number).Select(a => a.At).ToList();
            Assert.Equal(inOrder.Order(), inOrder);
        }
    }
}
