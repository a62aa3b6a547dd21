using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Flags;

namespace SessionGuard.Benchmarks;

/// <summary>What judging one large lesson costs beside reading its rows, and how fast a year of lessons is judged once more.</summary>
internal static class JudgeBench
{
    private const int LessonsOfAClass = 40;
    private const int Children = 3;
    private const int ManyChildren = 30;
    private const int ManyEvents = 500;
    private const int LargeClass = 50_000; // its number, beyond all others
    private const string Written = "SELECT (SELECT COUNT(*) FROM rule_records) + (SELECT COUNT(*) FROM flags) + (SELECT COUNT(*) FROM ledger_entries)";
    private const string Pending = "SELECT COUNT(*) FROM sessions WHERE judge_due_at IS NOT NULL";

    public static async Task RunAsync(Bench bench)
    {
        Console.WriteLine("\n== judge");
        foreach (var engine in bench.Engines)
        {
            using var storage = await bench.StorageAsync(engine);
            await using (var service = ServiceInside.Start(storage))
            {
                await SeedAsync(bench, storage, service);
                await OneAsync(bench, engine, service);
            }

            await AllAsync(storage);
        }
    }

    /// <summary>One lesson of the many is judged by the service; the others, which are like it, get what it said of that one.</summary>
    private static async Task SeedAsync(Bench bench, Storage storage, ServiceInside service)
    {
        var watch = Stopwatch.StartNew();
        var school = service.School;
        await using var rows = await Rows.OpenAsync(storage, service);
        var count = Math.Max(1, bench.Sessions / LessonsOfAClass);
        var many = new Classes(rows, school, 0, count, Children);
        await many.MakeAsync();
        await new Lessons(rows, school, many, 0, count, Children, LessonsOfAClass, events: 2 * (Children + 1)).MakeAsync(LastWeek);
        var large = new Classes(rows, school, LargeClass, 1, ManyChildren);
        await large.MakeAsync();
        await new Lessons(rows, school, large, LargeClass, 1, ManyChildren, 1, ManyEvents).MakeAsync(LastWeek);

        var first = many.Session("0", "0");
        await rows.ExecuteAsync($"UPDATE sessions SET judge_due_at = {rows.At(LastWeek)} WHERE id IN ({first}, {large.Session($"{LargeClass}", "0")})");
        service.Plans.IsOn = true;
        await service.DoAsync(JudgeDueAsync);
        service.Plans.IsOn = false;
        await rows.ExecuteAsync(
            $"""
            INSERT INTO rule_records (id, organisation_id, session_id, rule, result, certainty, why, judged_at, since)
            SELECT {rows.Id("0000000D", "ROW_NUMBER() OVER ()")}, s.organisation_id, s.id, r.rule, r.result, r.certainty, r.why, r.judged_at, r.since
            FROM sessions s CROSS JOIN rule_records r WHERE r.session_id = {first} AND NOT EXISTS (SELECT 1 FROM rule_records x WHERE x.session_id = s.id)
            """);
        Console.WriteLine($"{storage.Engine,-44} {count * LessonsOfAClass:N0} lessons made in {watch.Elapsed.TotalSeconds:N0} s");
        service.Plans.Print("UPDATE sessions SET judge_leased_until", "ix_sessions_judge_due_at");
    }

    private static async Task OneAsync(Bench bench, string engine, ServiceInside service)
    {
        var id = await service.DoAsync(s => s.GetRequiredService<SessionGuardDb>().Set<MeetingInstance>()
            .Where(i => i.Uuid == $"run-{LargeClass}-0").Select(i => i.SessionId!.Value).SingleAsync());
        var (read, judged, passed) = (new List<double>(), new List<double>(), new List<double>());
        var limit = Stopwatch.StartNew();
        for (var n = 0; n < 20 || limit.Elapsed < TimeSpan.FromSeconds(2 * bench.Seconds); n++)
        {
            read.Add(await service.DoAsync(s => TimedAsync(async () => await JudgedRows.ReadAsync(s.GetRequiredService<SessionGuardDb>(), id))));
            await DueAsync(service, id);
            var claimed = await service.DoAsync(s => s.GetRequiredService<SessionClaims>().TakeAsync(1, DateTimeOffset.UtcNow, default));
            judged.Add(await service.DoAsync(s => TimedAsync(() => s.GetRequiredService<SessionJudge>().RunAsync(claimed, default))));
            await DueAsync(service, id);
            passed.Add(await service.DoAsync(s => TimedAsync(() => JudgeDueAsync(s))));
        }

        var (reading, judging) = (Median(read), Median(judged));
        Console.WriteLine($"{engine,-44} {ManyChildren} seats, {ManyEvents} events: rows read in {reading:N1} ms, judged in {judging:N1} ms: {judging / reading:0.0} times; "
            + $"with its claim {Median(passed):N1} ms");
    }

    private static async Task AllAsync(Storage storage)
    {
        await using (var rows = await Rows.OpenAsync(storage))
        {
            await rows.ExecuteAsync($"UPDATE sessions SET judge_due_at = {rows.At(LastWeek)}");
        }

        var (written, all) = (await storage.ReadAsync(Written), await storage.ReadAsync(Pending));
        await using var app = await Target.App(storage, jobs: true).ReadyAsync();
        // From a quarter on: by then it has started and is warm.
        await storage.UntilAtMostAsync(Pending, all * 3 / 4);
        var (watch, before, from, memory) = (Stopwatch.StartNew(), app.CpuSeconds, await storage.ReadAsync(Pending), app.MemoryMiB);
        await storage.UntilAtMostAsync(Pending, 0);
        var (left, seconds) = (await storage.ReadAsync(Pending), watch.Elapsed.TotalSeconds);
        Console.WriteLine($"{app.Name,-44} {(from - left) / seconds,9:N0}/s, {(app.CpuSeconds - before) / (from - left) * 1e6:N0} us CPU each, {left:N0} of {all:N0} left");
        Console.WriteLine($"{"",-44} memory {memory:N0} MiB at a quarter, {app.MemoryMiB:N0} MiB at the end; {await storage.ReadAsync(Written) - written:N0} rows written");
    }

    private static DateTimeOffset LastWeek { get; } = DateTimeOffset.UtcNow.AddDays(-7);

    private static async Task<int> JudgeDueAsync(IServiceProvider services)
    {
        await services.GetRequiredService<EvaluateSessionsJob>().RunAsync(default);
        return 0;
    }

    private static Task<int> DueAsync(ServiceInside service, Guid id) => service.DoAsync(s => s.GetRequiredService<SessionGuardDb>()
        .Set<Session>().Where(x => x.Id == id).ExecuteUpdateAsync(set => set.SetProperty(x => x.JudgeDueAt, LastWeek)));

    private static async Task<double> TimedAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalMilliseconds;
    }

    /// <summary>Of the second half: by then the compiler has nothing left to improve.</summary>
    private static double Median(List<double> taken) => taken.Skip(taken.Count / 2).Order().ElementAt(taken.Count / 4);
}
