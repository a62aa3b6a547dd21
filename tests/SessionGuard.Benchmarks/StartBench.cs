using System.Diagnostics;

namespace SessionGuard.Benchmarks;

/// <summary>From the start of the process to the first delivery stored, on a database that exists.</summary>
internal static class StartBench
{
    public static async Task RunAsync(Bench bench)
    {
        Console.WriteLine("\n== start to first stored delivery");
        var published = await bench.PublishedAsync();
        foreach (var engine in bench.Engines)
        {
            using var storage = await bench.StorageAsync(engine);
            await PrintAsync(bench, storage, "as published", published);
            await PrintAsync(bench, storage, "as built", null);
        }
    }

    private static async Task PrintAsync(Bench bench, Storage storage, string how, Published? published)
    {
        var row = await MedianAsync(bench, () => Target.Row(storage, published));
        var app = await MedianAsync(bench, () => Target.App(storage, jobs: true, published));
        Console.WriteLine($"{$"{storage.Engine}, {how}",-44} EF Core row {row.Milliseconds:N0} ms, SessionGuard {app.Milliseconds:N0} ms: "
            + $"{app.Milliseconds / row.Milliseconds:0.00} times; then {app.MemoryMiB:N0} MiB, {app.OwnMiB:N0} of them its own; row {row.MemoryMiB:N0} and {row.OwnMiB:N0}");
    }

    private static async Task<(double Milliseconds, double MemoryMiB, double OwnMiB)> MedianAsync(Bench bench, Func<Target> start)
    {
        var taken = new List<(double Milliseconds, double MemoryMiB, double OwnMiB)>();
        for (var n = 0; n <= bench.Rounds; n++)
        {
            var watch = Stopwatch.StartNew();
            await using var target = await start().ReadyAsync();
            var first = await bench.SendAsync(target, r => r with { Count = 1, Connections = 1 });
            if (first.Ok != 1)
            {
                throw new InvalidOperationException($"{target.Name} did not store its first delivery.");
            }

            taken.Add((watch.Elapsed.TotalMilliseconds, target.MemoryMiB, target.OwnMemoryMiB));
        }

        return taken.Skip(1).Order().ElementAt(bench.Rounds / 2); // the first one made the database
    }
}
