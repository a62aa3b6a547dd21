using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.ResilienceTests.Kit;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Tests.Platform.Retention;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.ResilienceTests;

/// <summary>A job that works through many rows is killed in the middle, more than once, and ended by the next run.</summary>
public sealed class JobsKilledTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static (string Point, int N)[] InThePurge => Size.Of<(string, int)[]>(
        [("batch-purged", 2), ("batch-purging", 4)],
        [("purge-told", 1), .. Enumerable.Range(1, 5).SelectMany(n => ((string, int)[])[("batch-purging", n), ("batch-purged", n)])]);

    private static (string Point, int N)[] InTheJudging => Size.Of<(string, int)[]>(
        [("lessons-judged", 1), ("lessons-marked", 2)],
        [.. Enumerable.Range(1, 4).SelectMany(n => ((string, int)[])[("lessons-claimed", n), ("lessons-judged", n), ("lessons-marked", n)])]);

    [Theory, OnEachEngine]
    internal async Task Purge_ends_as_if_it_had_never_been_killed(StorageEngine engine)
    {
        var expected = await PurgedAsync(engine, []);

        var left = await PurgedAsync(engine, InThePurge);

        Assert.Equal(1, expected["inbox_messages"]); // the one that still waits to be applied
        Assert.Equal(expected, left);
        // Row by row a count of what is left: nothing too little, nothing too much.
        var rows = Enumerable.Range(0, (int)expected.Values.Sum()).ToList();
        Report.Balanced("purge killed (18): rows that stay", engine, InThePurge.Length, Balance.Of(rows, rows, [.. Enumerable.Range(0, (int)left.Values.Sum())]));
    }

    [Theory, OnEachEngine]
    internal async Task Judging_ends_with_the_same_results_and_flags_and_tells_of_each_once(StorageEngine engine)
    {
        var lessons = Size.Of(450, 5000);
        var expected = await JudgedAsync(engine, lessons, []);

        var judged = await JudgedAsync(engine, lessons, InTheJudging);

        Assert.Contains($"parent-confirmed NotMet: {lessons}", expected);
        Assert.Contains(expected, line => line.StartsWith("flag.raised", StringComparison.Ordinal));
        Assert.Equal(expected, judged);
        var numbers = Enumerable.Range(0, lessons).ToList();
        Report.Balanced("judging killed (18): lessons", engine, InTheJudging.Length, Balance.Of(numbers, numbers, numbers));
    }

    /// <summary>What is left of an old school, table by table.</summary>
    private static async Task<Dictionary<string, long>> PurgedAsync(StorageEngine engine, (string Point, int N)[] kills)
    {
        await using var site = await Site.PrepareAsync(engine);
        await FillAsync(site);
        foreach (var (point, n) in kills)
        {
            Assert.Equal(ServiceProcess.Killed, (await site.VerbAsync(["retention"], ProcessFailpoint.Settings(point, n))).ExitCode);
        }

        Assert.Equal(0, (await site.VerbAsync(["retention"])).ExitCode);
        var (exit, said, error) = await site.VerbAsync(["ledger", "verify"]);
        Assert.True(exit == 0, said + error);
        await using var school = await KeptSchool.StartAsync(engine, settings: site.Office, clock: new TestClock(DateTimeOffset.UtcNow));
        return await school.CountAsync();
    }

    private static async Task FillAsync(Site site)
    {
        await using var school = await KeptSchool.StartAsync(site.Engine, settings: site.Office, clock: new TestClock(DateTimeOffset.UtcNow.AddDays(-1200)));
        var lessons = Size.Of(10, 300);
        for (var lesson = 0; lesson < lessons; lesson++)
        {
            var session = await school.TaughtAsync($"Tap {lesson}");
            if (lesson == 0)
            {
                await school.PlantTheRestAsync(session);
                await school.FlagAsync(await school.TaughtAsync("Open"), FlagStatus.Open);
            }
        }

        var now = school.App.Clock.GetUtcNow();
        await school.App.WriteAsync(db => db.AddRange(Enumerable.Range(0, Size.Of(1_400, 10_000)).Select(n => new InboxMessage
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = school.App.School.Id,
            DeliveryKey = BitConverter.GetBytes(n),
            Event = "meeting.started",
            Body = "{}"u8.ToArray(),
            ReceivedAt = now,
            State = InboxState.Handled,
        })));
    }

    /// <summary>What came of many lessons of a child for whom nobody answered, in words that can be compared.</summary>
    private static async Task<List<string>> JudgedAsync(StorageEngine engine, int lessons, (string Point, int N)[] kills)
    {
        await using var site = await Site.PrepareAsync(engine, settings: new() { ["Jobs:Enabled"] = "true" });
        await TeachAsync(site, lessons);
        var node = await site.StartAsync(kills.Length > 0 ? ProcessFailpoint.Settings(kills[0].Point, kills[0].N) : null);
        for (var kill = 0; kill < kills.Length; kill++)
        {
            Assert.Equal(ServiceProcess.Killed, await node.ExitAsync());
            await site.AfterTheLeasesAsync();
            await node.LaunchAsync(kill + 1 < kills.Length
                ? ProcessFailpoint.Settings(kills[kill + 1].Point, kills[kill + 1].N)
                : new Dictionary<string, string?> { [ProcessFailpoint.Variable] = "" });
        }

        await Eventually.Async(async () => await site.Database.CountAsync("SELECT COUNT(DISTINCT session_id) FROM rule_records") == lessons
            && await site.Database.CountAsync("SELECT COUNT(*) FROM sessions WHERE judge_leased_until IS NOT NULL") == 0, Patience);
        Assert.Equal(0, await node.StopAsync());
        return
        [
            .. await CountsAsync("SELECT rule || ' ' || result, COUNT(*) FROM rule_records GROUP BY 1 ORDER BY 1"),
            .. await CountsAsync("SELECT rule || ' ' || status || ' ' || severity, COUNT(*) FROM flags GROUP BY 1 ORDER BY 1"),
            .. await CountsAsync("SELECT 'told', COUNT(*) FROM outbox_messages WHERE purpose = 'flag'"),
            .. await CountsAsync("SELECT action, COUNT(*) FROM ledger_entries WHERE action LIKE 'flag.%' GROUP BY 1 ORDER BY 1"),
        ];

        Task<List<string>> CountsAsync(string sql) => site.Database.ReadAsync(sql, row => $"{row.GetString(0)}: {row.GetInt64(1)}");
    }

    private static async Task TeachAsync(Site site, int lessons)
    {
        await using var office = await App.StartAsync(site.Engine, site.Office, clock: new TestClock(DateTimeOffset.UtcNow.AddHours(-4)));
        var (school, start) = (office.School.Id, DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddHours(-3).ToUnixTimeSeconds()));
        var families = new FamilySchool(office.Services);
        var first = await families.ClassAsync("Tap", start.AddDays(30));
        await families.ChildAsync("Maya", [await families.CarerAsync("Jo", "jo@families.example")], first);
        Guid Id() => Guid.CreateVersion7(start);
        foreach (var some in Enumerable.Range(0, lessons).Chunk(500))
        {
            await office.WriteAsync(db =>
            {
                foreach (var lesson in some)
                {
                    var session = new Session
                    {
                        Id = Id(),
                        OrganisationId = school,
                        MeetingId = first.MeetingId,
                        SeriesId = first.SeriesId,
                        OccurrenceKey = $"{lesson}",
                        Planned = true,
                        Topic = "Tap",
                        Start = start,
                        End = start.AddHours(1),
                        Status = SessionStatus.Ended,
                        JudgeDueAt = start.AddHours(1),
                    };
                    var run = new MeetingInstance
                    {
                        Id = Id(),
                        OrganisationId = school,
                        MeetingId = first.MeetingId,
                        Uuid = $"run-{lesson}",
                        FirstHeardAt = start,
                        StartedAt = start,
                        EndedAt = start.AddHours(1),
                        SessionId = session.Id,
                    };
                    db.AddRange(session, run, Stranger(run, ParticipantEventKind.Joined, start), Stranger(run, ParticipantEventKind.Left, start.AddHours(1)));
                }
            });
        }

        ParticipantEvent Stranger(MeetingInstance run, ParticipantEventKind kind, DateTimeOffset at) => new()
        {
            Id = Id(),
            OrganisationId = school,
            InstanceUuid = run.Uuid,
            Kind = kind,
            At = at,
            ConnectionId = "1",
            Name = "iPad",
        };
    }
}
