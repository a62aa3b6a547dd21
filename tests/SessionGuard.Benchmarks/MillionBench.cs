namespace SessionGuard.Benchmarks;

/// <summary>What a million stored deliveries change.</summary>
internal static class MillionBench
{
    private const int Million = 1_000_000;
    private const int Portion = 50_000;

    public static async Task RunAsync(Bench bench)
    {
        Console.WriteLine("\n== a million deliveries later");
        foreach (var engine in bench.Engines)
        {
            using var storage = await bench.StorageAsync(engine);
            await using var app = await Target.App(storage, jobs: false).ReadyAsync();
            var empty = await bench.SaturateAsync(app);
            empty.Print($"{app.Name}, empty");
            var worst = 0.0;
            for (var sent = 0; sent < Million; sent += Portion)
            {
                worst = Math.Max(worst, (await bench.SendAsync(app, r => r with { Count = Portion })).Max);
            }

            var full = await bench.SaturateAsync(app);
            full.Print($"{app.Name}, {await storage.ReadAsync("SELECT COUNT(*) FROM inbox_messages"):N0} rows");
            Console.WriteLine($"{"",-44} {full.Rate / empty.Rate:0.00} of the empty rate, memory {app.MemoryMiB:N0} MiB, slowest answer on the way {worst:N0} ms");
        }
    }
}
