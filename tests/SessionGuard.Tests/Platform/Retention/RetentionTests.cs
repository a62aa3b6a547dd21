using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Ledger;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Retention;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Tests.Platform.Retention;

public sealed class RetentionTests
{
    private static readonly ConcurrentDictionary<StorageEngine, Task<Dictionary<string, long>>> Unbroken = new();

    /// <summary>On which day after the class what goes, and how much of it.</summary>
    private static readonly (int Days, Dictionary<string, long> Gone)[] Calendar =
    [
        (7, new() { ["sign_in_links"] = 1 }),
        (30, new() { ["inbox_messages"] = 3, ["mails with a text"] = 2, ["host_budgets"] = 1 }),
        (366, new()
        {
            ["answers"] = 1, ["check_ins"] = 1, ["attestations"] = 1, ["asks"] = 1, ["family_links"] = 1, ["rule_records"] = 1, ["settings_snapshots"] = 1,
        }),
        (1096, new() { ["participant_events"] = 1 }),
    ];

    [Theory, OnEachEngine]
    internal async Task Each_kind_is_there_the_day_before_and_gone_the_day_after_and_nothing_else(StorageEngine engine)
    {
        await using var school = await KeptSchool.StartAsync(engine);
        await school.PlantTheRestAsync(await school.TaughtAsync("Tap"));
        foreach (var (days, gone) in Calendar)
        {
            var before = await school.CountAsync();
            school.MoveTo(App.Noon.AddDays(days - 1));
            await school.RunAsync();
            Assert.Equal(before, await school.CountAsync());

            school.MoveTo(App.Noon.AddDays(days + 1));
            await school.RunAsync();
            var after = await school.CountAsync();
            Assert.Equal(gone, before.Where(b => b.Value != after[b.Key]).ToDictionary(b => b.Key, b => b.Value - after[b.Key]));
        }

        Assert.Equal(InboxState.Pending, await school.App.ReadAsync(db => db.Set<InboxMessage>().Select(m => m.State).SingleAsync()));
        var told = await school.App.ReadAsync(db => db.Set<LedgerEntry>().Where(e => e.Action == "retention.deletes").OrderBy(e => e.Sequence).ToListAsync());
        Assert.Equal(Calendar.Length, told.Count);
        Assert.Equal("""{"deliveries":3,"mail texts":2,"counters of changes":1}""", told[1].Data);
        Assert.True((await school.App.ReadAsync(db => new LedgerVerifier(db).VerifyAsync(school.App.School.Id, CancellationToken.None))).Holds);
    }

    [Theory, OnEachEngine]
    internal async Task In_26_years_all_goes_but_what_an_open_flag_a_concern_or_a_hold_rests_on(StorageEngine engine)
    {
        await using var school = await KeptSchool.StartAsync(engine);
        var (dismissed, open, settled) = (await school.TaughtAsync("Dismissed"), await school.TaughtAsync("Open"), await school.TaughtAsync("Settled"));
        var (concern, held, mixed) = (await school.TaughtAsync("Concern"), await school.TaughtAsync("Held"), await school.TaughtAsync("Mixed"));
        await school.FlagAsync(dismissed, FlagStatus.Dismissed, CloseReason.WrongAlarm);
        await school.FlagAsync(dismissed, FlagStatus.Closed, CloseReason.EvidenceChanged);
        await school.FlagAsync(settled, FlagStatus.Closed, CloseReason.PutRight);
        await school.FlagAsync(open, FlagStatus.Open);
        await school.FlagAsync(concern, FlagStatus.Concern, CloseReason.BecameConcern);
        await school.FlagAsync(mixed, FlagStatus.Dismissed, CloseReason.WrongAlarm);
        await school.FlagAsync(mixed, FlagStatus.WithTeacher);
        await DoAsync<HoldSession>(school, holds => holds.HoldAsync(held.Id, "The insurer asked.", CancellationToken.None));

        school.MoveTo(App.Noon.AddDays(367)); // the dismissed flags go
        await school.RunAsync();
        Assert.Equal(6, (await school.CountAsync())["answers"]);
        school.MoveTo(App.Noon.AddDays(368)); // and the night after what they rested on
        await school.RunAsync();
        Assert.Equal(5, (await school.CountAsync())["answers"]);
        foreach (var year in (int[])[2, 4, 7, 13, 26])
        {
            school.MoveTo(App.Noon.AddDays(366 * year));
            await school.RunAsync();
        }

        Guid[] kept = [.. new[] { open.Id, concern.Id, held.Id, mixed.Id }.Order()];
        Assert.Equal(kept, await school.App.ReadAsync(async db => (await db.Set<Answer>().Select(a => a.SessionId).ToListAsync()).Order().ToArray()));
        Assert.Equal(kept.Length, await school.App.ReadAsync(db => db.Set<ParticipantEvent>().CountAsync()));
        Assert.Equal(4, await school.App.ReadAsync(db => db.Set<Flag>().CountAsync()));
        Assert.Equal(0, await school.App.ReadAsync(db => db.Set<FlagEvidence>().CountAsync(e => !db.Set<Flag>().Any(f => f.Id == e.FlagId))));

        await DoAsync<HoldSession>(school, holds => holds.LiftAsync(held.Id, CancellationToken.None));
        await school.RunAsync();
        Assert.DoesNotContain(held.Id, await school.App.ReadAsync(db => db.Set<Answer>().Select(a => a.SessionId).ToListAsync()));
    }

    [Theory, OnEachEngine]
    internal async Task A_school_that_is_held_loses_nothing_until_it_is_lifted(StorageEngine engine)
    {
        await using var school = await KeptSchool.StartAsync(engine);
        await school.PlantTheRestAsync(await school.TaughtAsync("Tap"));
        await HoldSchoolAsync(school);
        var before = await school.CountAsync();
        school.MoveTo(App.Noon.AddDays(4000));

        await school.RunAsync();
        Assert.Equal(before, await school.CountAsync());

        Assert.True(await DoAsync<Holds>(school, holds => holds.LiftSchoolAsync(school.App.School.Id, CancellationToken.None)));
        await school.RunAsync();
        Assert.Equal(0, (await school.CountAsync())["participant_events"]);
    }

    [Theory, OnEachEngine]
    internal async Task Deliveries_around_a_held_class_stay_and_the_others_go(StorageEngine engine)
    {
        await using var school = await KeptSchool.StartAsync(engine);
        var held = await school.TaughtAsync("Held");
        await DoAsync<HoldSession>(school, holds => holds.HoldAsync(held.Id, "The insurer asked.", CancellationToken.None));
        await school.DeliveryAsync(InboxState.SetAside);
        school.MoveTo(App.Noon.AddHours(23));
        await school.DeliveryAsync(InboxState.Handled);
        school.MoveTo(App.Noon.AddHours(25));
        await school.DeliveryAsync(InboxState.Handled);

        school.MoveTo(App.Noon.AddDays(40));
        await school.RunAsync();

        Assert.All(await school.App.ReadAsync(db => db.Set<InboxMessage>().ToListAsync()), m => Assert.True(m.ReceivedAt < App.Noon.AddHours(24)));
        Assert.Equal(2, (await school.CountAsync())["inbox_messages"]);
    }

    [Theory]
    [InlineData(StorageEngine.Sqlite, 1, Side.After)]
    [InlineData(StorageEngine.Sqlite, 3, Side.Before)]
    [InlineData(StorageEngine.Sqlite, 7, Side.After)]
    [InlineData(StorageEngine.PostgreSql, 5, Side.Before)]
    [InlineData(StorageEngine.PostgreSql, 9, Side.After)]
    internal async Task A_pass_that_was_killed_is_ended_by_the_next_one(StorageEngine engine, int commit, Side side)
    {
        var expected = await Unbroken.GetOrAdd(engine, UnbrokenAsync);
        var failpoint = new Failpoint(commit, side);
        await using var school = await KeptSchool.StartAsync(engine, services => services.AddSingleton<IInterceptor>(failpoint));
        await FillAsync(school);
        failpoint.Arm();
        await Assert.ThrowsAnyAsync<Exception>(school.RunAsync);
        Assert.True(failpoint.WasReached);

        await school.RestartAsync();
        await school.RunAsync();

        Assert.Equal(expected, await school.CountAsync());
        Assert.True((await school.App.ReadAsync(db => new LedgerVerifier(db).VerifyAsync(school.App.School.Id, CancellationToken.None))).Holds);
    }

    [Fact]
    public async Task Nothing_of_a_deleted_delivery_is_left_in_the_file()
    {
        await using var school = await KeptSchool.StartAsync(StorageEngine.Sqlite);
        for (var n = 0; n < 50; n++)
        {
            await school.DeliveryAsync(InboxState.Ignored, $$"""{"n":{{n}},"padding":"{{new string('x', 3000)}}"}""");
        }

        // As it lies in the file: sealed, and each unlike any other.
        var sealedBody = await school.App.ReadAsync(db => db.Database.SqlQueryRaw<byte[]>("SELECT body AS \"Value\" FROM inbox_messages LIMIT 1").SingleAsync());
        var canary = System.Text.Encoding.Latin1.GetString(sealedBody.AsSpan(100, 100));
        Assert.Contains(canary, await FilesAsync(school.App.Folder), StringComparison.Ordinal);
        school.MoveTo(App.Noon.AddDays(31));

        await school.RunAsync();

        Assert.DoesNotContain(canary, await FilesAsync(school.App.Folder), StringComparison.Ordinal);
    }

    private static async Task FillAsync(KeptSchool school)
    {
        await school.PlantTheRestAsync(await school.TaughtAsync("Tap"));
        await school.FlagAsync(await school.TaughtAsync("Open"), FlagStatus.Open);
        school.MoveTo(App.Noon.AddDays(1100));
    }

    private static async Task<Dictionary<string, long>> UnbrokenAsync(StorageEngine engine)
    {
        await using var school = await KeptSchool.StartAsync(engine);
        await FillAsync(school);
        await school.RunAsync();
        return await school.CountAsync();
    }

    private static Task<bool> HoldSchoolAsync(KeptSchool school) => DoAsync<Holds>(school, async holds =>
    {
        await holds.HoldSchoolAsync(school.App.School.Id, "An inquiry.", CancellationToken.None);
        return true;
    });

    private static async Task<bool> DoAsync<TService>(KeptSchool school, Func<TService, Task<bool>> act)
        where TService : notnull
    {
        await using var scope = school.App.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>The database and its log, byte for byte.</summary>
    private static async Task<string> FilesAsync(string folder)
    {
        var all = new System.Text.StringBuilder();
        foreach (var file in Directory.GetFiles(folder, "sessionguard.db*").Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            all.Append(await reader.ReadToEndAsync());
        }

        return all.ToString();
    }
}
