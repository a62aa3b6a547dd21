using System.Globalization;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Benchmarks;

/// <summary>One run: the load generator's process, the databases asked for, and how long a round takes.</summary>
internal sealed class Bench(Load load, IReadOnlyDictionary<string, PostgresServer?> engines, Func<string, int, int> number)
{
    public const int WarmUpSeconds = 8;
    private int _next;
    private Task<Published>? _published;

    public int Seconds => number("--seconds", 5);

    public int Rounds => number("--rounds", 3);

    /// <summary>How many sessions are judged in one pass.</summary>
    public int Sessions => number("--sessions", 100_000);

    /// <summary>How many asks there are when there are many.</summary>
    public int Asks => number("--asks", 1_000_000);

    public IEnumerable<string> Engines => engines.Keys;

    public static double Median(IReadOnlyCollection<double> taken) => taken.Order().ElementAt(taken.Count / 2);

    public static async Task<int> RunAsync(string[] args, params Func<Bench, Task>[] parts)
    {
        string Option(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and var at ? args[at + 1] : otherwise;
        var wanted = Option("--engine", "both");
        await using var server = wanted is "sqlite" ? null : await PostgresServer.StartAsync(durable: true);
        var engines = new Dictionary<string, PostgresServer?>();
        if (wanted is "sqlite" or "both")
        {
            engines["sqlite"] = null;
        }

        if (server is not null)
        {
            engines["postgres"] = server;
        }

        await using var load = Load.Start();
        var bench = new Bench(load, engines, (name, otherwise) =>
            int.TryParse(Option(name, ""), CultureInfo.InvariantCulture, out var given) ? given : otherwise);
        Console.WriteLine($"{Environment.ProcessorCount} processors, load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]} before the run\n");
        try
        {
            foreach (var part in parts)
            {
                await part(bench);
            }
        }
        finally
        {
            if (bench._published is { } published)
            {
                (await published).Dispose();
            }

            Npgsql.NpgsqlConnection.ClearAllPools();
        }

        return 0;
    }

    /// <summary>What is installed, not what a build leaves; made when first asked for.</summary>
    public Task<Published> PublishedAsync() => _published ??= Published.MakeAsync();

    public Task<Storage> StorageAsync(string engine) => Storage.MakeAsync(engine, engines[engine]);

    /// <summary>Sends a round.</summary>
    public Task<RoundResult> SendAsync(Target target, Func<Round, Round> shape) => load.SendAsync(Next(target, shape));

    /// <summary>A round of which every request is a new one to this run, for whichever generator.</summary>
    public Round Next(Target target, Func<Round, Round> shape)
    {
        var round = shape(new Round(target.Port, Count: 1000, First: _next));
        _next += round.Count;
        return round;
    }

    /// <summary>At full speed: warmed up until the compiler has nothing left to improve, then the median of the rounds.</summary>
    public async Task<Saturation> SaturateAsync(Target target, Func<Round, Round>? shape = null)
    {
        shape ??= round => round;
        var warm = new RoundResult(0, 0, 0, 0, 0, 0, 0, 0);
        var warmed = 0.0;
        while (warmed < WarmUpSeconds)
        {
            warm = await SendAsync(target, r => shape(r) with { Count = Math.Max(1000, (int)warm.Rate) });
            warmed += warm.Seconds;
        }

        var results = new List<Saturation>();
        for (var n = 0; n < Rounds; n++)
        {
            var before = target.CpuSeconds;
            var count = (int)(warm.Rate * Seconds);
            var result = await SendAsync(target, r => shape(r) with { Count = count });
            results.Add(new Saturation(result.Rate, (target.CpuSeconds - before) / count * 1e6, result.P99, result.Max, result.Failed));
        }

        return results.OrderBy(r => r.Rate).ElementAt(results.Count / 2) with { Max = results.Max(r => r.Max), Failed = results.Sum(r => r.Failed) };
    }
}

/// <param name="CpuMicroseconds">Processor time for one request, the database's included.</param>
internal sealed record Saturation(double Rate, double CpuMicroseconds, double P99, double Max, int Failed)
{
    public void Print(string name, Saturation? bare = null) => Console.WriteLine(
        $"{name,-44} {Rate,9:N0}/s {CpuMicroseconds,8:N1} us CPU  p99 {P99,7:N1} ms  max {Max,7:N0} ms  failed {Failed}"
        + (bare is null ? "" : $"  | {Rate / bare.Rate:0.00} of bare's rate, {CpuMicroseconds / bare.CpuMicroseconds:0.00}x its CPU"));
}
