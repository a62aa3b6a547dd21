using System.Diagnostics;

namespace SessionGuard.Benchmarks;

/// <summary>What a second node on the same PostgreSQL costs or brings where both share the machine, and whether two apply everything once.</summary>
internal static class NodesBench
{
    private const string Unhandled = "SELECT COUNT(*) FROM inbox_messages WHERE state <> 'Handled'";

    public static async Task RunAsync(Bench bench)
    {
        Console.WriteLine("\n== nodes: two on one PostgreSQL");
        if (!bench.Engines.Contains("postgres"))
        {
            Console.WriteLine("skipped: PostgreSQL only");
            return;
        }

        using var storage = await bench.StorageAsync("postgres");
        await using var second = Load.Start();
        double one, two;
        await using (var node = await Target.App(storage, jobs: false).ReadyAsync())
        {
            one = await RateAsync(bench, second, node, node);
            await using var other = await Target.App(storage, jobs: false).ReadyAsync();
            two = await RateAsync(bench, second, node, other);
        }

        Console.WriteLine($"{"one node, two",-44} {one:N0}/s, {two:N0}/s: {two / one:0.00} of one node's rate");
        await ApplyAsync(storage);
    }

    /// <summary>Half of the deliveries to each, by a generator each; the second half of the time counts.</summary>
    private static async Task<double> RateAsync(Bench bench, Load second, Target node, Target other)
    {
        var rate = 0.0;
        var count = 2000;
        for (var warmed = 0.0; warmed < Bench.WarmUpSeconds + bench.Seconds;)
        {
            var watch = Stopwatch.StartNew();
            var to = bench.Next(other, r => r with { Count = count, Connections = 64 });
            var results = await Task.WhenAll(bench.SendAsync(node, r => r with { Count = count, Connections = 64 }), second.SendAsync(to));
            if (results.Any(r => r.Ok != count))
            {
                throw new InvalidOperationException("A delivery was not taken.");
            }

            rate = results.Sum(r => r.Ok) / results.Max(r => r.Seconds);
            warmed += watch.Elapsed.TotalSeconds;
            count = (int)(rate / 2 * Math.Min(bench.Seconds, 3));
        }

        return rate;
    }

    private static async Task ApplyAsync(Storage storage)
    {
        await using var node = await Target.App(storage, jobs: true).ReadyAsync();
        await using var other = await Target.App(storage, jobs: true).ReadyAsync();
        var stored = await storage.ReadAsync("SELECT COUNT(*) FROM inbox_messages");
        var watch = Stopwatch.StartNew();
        await storage.UntilAtMostAsync(Unhandled, 0);
        var (left, events) = (await storage.ReadAsync(Unhandled), await storage.ReadAsync("SELECT COUNT(*) FROM participant_events"));
        Console.WriteLine($"{"two nodes, jobs on",-44} {stored:N0} stored, {left:N0} left after {watch.Elapsed.TotalSeconds:N0} s, {events:N0} comings and goings: "
            + (events == stored - left ? "each applied once" : "NOT EACH ONCE"));
    }
}
