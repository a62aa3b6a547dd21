using System.Diagnostics;

namespace SessionGuard.Benchmarks;

/// <summary>How fast stored deliveries become sessions and stays: a backlog at once, and a steady trickle.</summary>
internal static class ApplyBench
{
    private const int Backlog = 20_000;
    private const string Pending = "SELECT COUNT(*) FROM inbox_messages WHERE state = 'Pending'";

    public static async Task RunAsync(Bench bench)
    {
        Console.WriteLine("\n== apply");
        foreach (var engine in bench.Engines)
        {
            using var storage = await bench.StorageAsync(engine);
            await using (var door = await Target.App(storage, jobs: false).ReadyAsync())
            {
                await bench.SendAsync(door, r => r with { Count = Backlog });
            }

            await using var app = await Target.App(storage, jobs: true).ReadyAsync();
            // From a quarter on: by then it has started and is warm.
            await storage.UntilAtMostAsync(Pending, Backlog * 3 / 4);
            var (watch, before, from) = (Stopwatch.StartNew(), app.CpuSeconds, await storage.ReadAsync(Pending));
            await storage.UntilAtMostAsync(Pending, 0);
            Console.WriteLine($"{app.Name,-44} {from / watch.Elapsed.TotalSeconds,9:N0}/s, {(app.CpuSeconds - before) / from * 1e6:N0} us CPU each, "
                + $"{await storage.ReadAsync("SELECT COUNT(*) FROM inbox_messages WHERE state = 'Handled'"):N0} of {Backlog:N0} handled");
            Console.WriteLine($"{"",-44} memory {app.MemoryMiB:N0} MiB");
            await TrickleAsync(bench, storage, app);
        }
    }

    private static async Task TrickleAsync(Bench bench, Storage storage, Target app)
    {
        var since = DateTimeOffset.UtcNow;
        await bench.SendAsync(app, r => r with { Count = 100 * 2 * bench.Seconds, Rate = 100 });
        await storage.UntilAtMostAsync(Pending, 0);
        var p95 = await storage.ReadAsync(
            $"""
            SELECT applied_at - received_at FROM inbox_messages WHERE received_at >= {since.ToUnixTimeMilliseconds()} AND applied_at IS NOT NULL
            ORDER BY 1 LIMIT 1 OFFSET {100 * 2 * bench.Seconds * 95 / 100}
            """,
            $"""
            SELECT percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM applied_at - received_at)) * 1000 FROM inbox_messages
            WHERE received_at >= '{since:O}' AND applied_at IS NOT NULL
            """);
        Console.WriteLine($"{app.Name,-44} at 100/s: applied {p95:N0} ms after arrival (p95), {await storage.ReadAsync(Pending)} left pending");
    }
}
