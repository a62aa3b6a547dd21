using System.Diagnostics;

namespace SessionGuard.Benchmarks;

/// <summary>A hundred thousand deliveries waiting, as after a night without jobs, while new ones come and a family is due to be asked.</summary>
internal static class DrainBench
{
    private const int Stored = 100_000;
    private const int ASecond = 50;
    private const int FirstSeconds = 5;
    private const int Asks = 1000;
    private const string Unsent = "SELECT COUNT(*) FROM outbox_messages WHERE sent_at IS NULL";
    private const string Late =
        "SELECT MAX(m.sent_at - a.due_at) FROM asks a JOIN outbox_messages m ON m.id = a.mail_id WHERE a.stage = 'ByHand'";
    private const string LateOnPostgres =
        "SELECT EXTRACT(EPOCH FROM MAX(m.sent_at - a.due_at)) * 1000 FROM asks a JOIN outbox_messages m ON m.id = a.mail_id WHERE a.stage = 'ByHand'";

    public static async Task RunAsync(Bench bench)
    {
        Console.WriteLine($"\n== drain: {Stored:N0} stored deliveries of 500 classes, {ASecond}/s more arriving, jobs on");
        foreach (var engine in bench.Engines)
        {
            using var storage = await bench.StorageAsync(engine);
            await using (await AskedSchool.MakeAsync(storage, Asks, rounds: 1))
            {
            }

            await using (var door = await Target.App(storage, jobs: false).ReadyAsync())
            {
                await bench.SendAsync(door, r => r with { Count = Stored });
            }

            await storage.SettleAsync();
            await using var app = await Target.App(storage, jobs: true, await bench.PublishedAsync()).ReadyAsync();
            await DrainAsync(bench, storage, app);
        }
    }

    private static async Task DrainAsync(Bench bench, Storage storage, Target app)
    {
        // A process that has just started compiles, fills its caches and runs every job for the first time.
        Print("the endpoint in the first seconds", await bench.SendAsync(app, r => r with { Count = ASecond * FirstSeconds, Rate = ASecond }));
        var (tenth, half, rest) = (await WaitingAsync(storage, Stored / 10), await WaitingAsync(storage, Stored / 2), await WaitingAsync(storage, Stored * 9 / 10));
        // Longer than the drain may take; what is left of it is not waited for.
        var arriving = bench.SendAsync(app, r => r with { Count = ASecond * Stored / 1000, Rate = ASecond });
        await storage.UntilAtMostAsync(tenth, 0);
        await AskedSchool.AskOneAsync(storage);
        var watch = Stopwatch.StartNew();
        await storage.UntilAtMostAsync(half, 0);
        var first = watch.Elapsed.TotalSeconds;
        await storage.UntilAtMostAsync(rest, 0);
        var second = watch.Elapsed.TotalSeconds - first;
        Console.WriteLine($"{app.Name,-44} {Stored * 4 / 5 / (first + second),9:N0}/s; the second half took {second / first:0.00} times the first; memory {app.MemoryMiB:N0} MiB");
        Print("the endpoint meanwhile", await arriving);
        await storage.UntilAtMostAsync(Unsent, 0);
        Console.WriteLine($"{"",-44} the family's mail left {await storage.ReadAsync(Late, LateOnPostgres) / 1000:N1} s after it was due");
    }

    /// <summary>
    /// Whether a delivery still waits, by its place among all: the oldest are applied first. To count what waits would take the server longer
    /// from second to second, since it finds what was applied in its way.
    /// </summary>
    private static async Task<string> WaitingAsync(Storage storage, int place)
    {
        await using var connection = await storage.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT CAST(id AS text) FROM inbox_messages ORDER BY id LIMIT 1 OFFSET {place}";
        return $"SELECT COUNT(*) FROM inbox_messages WHERE id = '{await command.ExecuteScalarAsync()}' AND state = 'Pending'";
    }

    private static void Print(string what, RoundResult result) => Console.WriteLine(
        $"{"",-44} {what}: p50 {result.P50:N1} ms  p99 {result.P99:N1} ms  max {result.Max:N0} ms  failed {result.Failed}");
}
