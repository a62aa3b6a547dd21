using SessionGuard.Safeguarding.Flags;

namespace SessionGuard.Benchmarks;

/// <summary>Whether judging a thousand lessons takes longer because a million others lie around them.</summary>
internal static class PassBench
{
    private const int ClassCount = 100;
    private const int Children = 1;
    private const int DueOfEach = 10;

    public static async Task RunAsync(Bench bench)
    {
        Console.WriteLine($"\n== pass: {ClassCount * DueOfEach:N0} lessons due");
        foreach (var engine in bench.Engines)
        {
            var few = await AmongAsync(bench, engine, ClassCount * DueOfEach);
            var many = await AmongAsync(bench, engine, 1_000_000);
            Console.WriteLine($"{engine,-44} among {ClassCount * DueOfEach:N0} {few:N0} ms, among 1,000,000 {many:N0} ms: {many / few:0.00} times");
        }
    }

    /// <returns>Milliseconds of the median pass.</returns>
    private static async Task<double> AmongAsync(Bench bench, string engine, int sessions)
    {
        using var storage = await bench.StorageAsync(engine);
        await using var service = ServiceInside.Start(storage);
        await using (var rows = await Rows.OpenAsync(storage, service))
        {
            var classes = new Classes(rows, service.School, 0, ClassCount, Children);
            await classes.MakeAsync();
            await classes.SessionsAsync(0, sessions / ClassCount, "Ended", DateTimeOffset.UtcNow.AddDays(-7));
        }

        service.Plans.IsOn = sessions > ClassCount * DueOfEach;
        await JudgeAsync(storage, service);
        if (service.Plans.IsOn)
        {
            service.Plans.IsOn = false;
            service.Plans.Print("UPDATE sessions SET judge_leased_until", "ix_sessions_judge_due_at");
        }

        var taken = new List<double>();
        for (var round = 0; round < bench.Rounds; round++)
        {
            taken.Add(await JudgeAsync(storage, service));
        }

        return Bench.Median(taken);
    }

    private static async Task<double> JudgeAsync(Storage storage, ServiceInside service)
    {
        await using (var rows = await Rows.OpenAsync(storage))
        {
            await rows.ExecuteAsync(
                $"UPDATE sessions SET judge_due_at = {rows.At(DateTimeOffset.UtcNow.AddMinutes(-1))} WHERE \"start\" > {rows.At(DateTimeOffset.UtcNow.AddDays(-7).AddHours(-DueOfEach))}");
        }

        var watch = System.Diagnostics.Stopwatch.StartNew();
        await service.DoAsync(async services =>
        {
            await services.GetRequiredService<EvaluateSessionsJob>().RunAsync(default);
            return 0;
        });
        return watch.Elapsed.TotalMilliseconds;
    }
}
