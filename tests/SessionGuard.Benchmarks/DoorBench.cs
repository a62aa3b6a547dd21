using SessionGuard.Tests.Testing;

namespace SessionGuard.Benchmarks;

/// <summary>How many deliveries the endpoint takes, what one costs, and how long one waits, against the two baselines in the same run.</summary>
internal static class DoorBench
{
    public static async Task RunAsync(Bench bench)
    {
        Console.WriteLine("== door: saturation, 128 keep-alive connections");
        await using var bare = await Target.Bare().ReadyAsync();
        var floor = await bench.SaturateAsync(bare);
        floor.Print(bare.Name);
        var refusal = await bench.SaturateAsync(bare, r => r with { Forged = true });
        refusal.Print($"{bare.Name}, forged");
        foreach (var engine in bench.Engines)
        {
            await SaturateAsync(bench, engine, floor, refusal);
        }

        await OnASlowDiskAsync(bench);
    }

    public static async Task PaceAsync(Bench bench)
    {
        Console.WriteLine("\n== pace: fixed rates and a burst, jobs on");
        foreach (var engine in bench.Engines)
        {
            await PaceAsync(bench, engine);
        }
    }

    private static async Task SaturateAsync(Bench bench, string engine, Saturation floor, Saturation refusal)
    {
        using var storage = await bench.StorageAsync(engine);
        Saturation rows;
        await using (var row = await Target.Row(storage).ReadyAsync())
        {
            rows = await bench.SaturateAsync(row);
            rows.Print(row.Name, floor);
        }

        await using (var app = await Target.App(storage, jobs: false).ReadyAsync())
        {
            var door = await bench.SaturateAsync(app);
            door.Print(app.Name, floor);
            Console.WriteLine($"{"",-44} {door.Rate / rows.Rate:0.0} times the rate of a row a request");
            var repeats = await bench.SaturateAsync(app, r => r with { RepeatsPercent = 20 });
            repeats.Print($"{app.Name}, 20 % repeats", floor);
            Console.WriteLine($"{"",-44} {repeats.Rate / door.Rate:0.00} of the rate without repeats");
            var before = await storage.ReadAsync("SELECT COUNT(*) FROM inbox_messages");
            (await bench.SaturateAsync(app, r => r with { Forged = true })).Print($"{app.Name}, forged", refusal);
            Console.WriteLine($"{"",-44} {await storage.ReadAsync("SELECT COUNT(*) FROM inbox_messages") - before} forged rows stored");
        }
    }

    private static async Task PaceAsync(Bench bench, string engine)
    {
        using var storage = await bench.StorageAsync(engine);
        await using var app = await Target.App(storage, jobs: true).ReadyAsync();
        await storage.SettleAsync();
        await bench.SendAsync(app, r => r with { Count = 4000, Rate = 500 });
        foreach (var rate in (int[])[500, 1000])
        {
            for (var n = 0; n < bench.Rounds; n++)
            {
                Print($"{app.Name}, {rate}/s", await bench.SendAsync(app, r => r with { Count = rate * bench.Seconds, Rate = rate }));
            }
        }

        for (var n = 0; n < bench.Rounds; n++)
        {
            Print($"{app.Name}, 300 at once", await bench.SendAsync(app, r => r with { Count = 300, Connections = 300 }));
        }
    }

    private static async Task OnASlowDiskAsync(Bench bench)
    {
        Console.WriteLine("\n== door: the same on a disk whose sync takes 4 ms more");
        using var disk = SlowDisk.Insert();
        if (disk is null)
        {
            Console.WriteLine("skipped: no C compiler");
            return;
        }

        await using var server = bench.Engines.Contains("postgres") ? await PostgresServer.StartAsync(durable: true) : null;
        foreach (var engine in bench.Engines)
        {
            using var storage = await Storage.MakeAsync(engine, engine == "postgres" ? server : null);
            Saturation rows;
            await using (var row = await Target.Row(storage).ReadyAsync())
            {
                rows = await bench.SaturateAsync(row);
                rows.Print(row.Name);
            }

            await using var app = await Target.App(storage, jobs: false).ReadyAsync();
            var door = await bench.SaturateAsync(app);
            door.Print(app.Name);
            Console.WriteLine($"{"",-44} {door.Rate / rows.Rate:0.0} times the rate of a row a request");
            await storage.SettleAsync();
            Print($"{app.Name}, 500/s", await bench.SendAsync(app, r => r with { Count = 500 * bench.Seconds, Rate = 500 }));
            Print($"{app.Name}, 300 at once", await bench.SendAsync(app, r => r with { Count = 300, Connections = 300 }));
        }
    }

    private static void Print(string name, RoundResult result) =>
        Console.WriteLine($"{name,-44} p50 {result.P50,6:N1} ms  p99 {result.P99,6:N1} ms  max {result.Max,6:N1} ms  failed {result.Failed}");
}
