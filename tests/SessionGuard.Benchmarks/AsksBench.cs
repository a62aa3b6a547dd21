namespace SessionGuard.Benchmarks;

/// <summary>Whether asking a thousand families takes longer because a million asks lie around them.</summary>
internal static class AsksBench
{
    private const int Few = 10_000;

    public static async Task RunAsync(Bench bench)
    {
        Console.WriteLine($"\n== asks: {AskedSchool.Due:N0} due");
        foreach (var engine in bench.Engines)
        {
            using var storage = await bench.StorageAsync(engine);
            using var largeStorage = await bench.StorageAsync(engine);
            await using var few = await AskedSchool.MakeAsync(storage, Few, bench.Rounds + 1);
            await using var many = await AskedSchool.MakeAsync(largeStorage, bench.Asks, bench.Rounds + 1);
            many.Plans.IsOn = true;
            await few.AskAsync(0);
            await many.AskAsync(0);
            many.Plans.IsOn = false;
            many.Plans.Print("UPDATE asks SET leased_until", "ix_asks_waiting");
            var (small, large) = (new List<double>(), new List<double>());
            for (var round = 1; round <= bench.Rounds; round++)
            {
                small.Add(await few.AskAsync(round));
                large.Add(await many.AskAsync(round));
            }

            var (amongFew, amongMany) = (Bench.Median(small), Bench.Median(large));
            Console.WriteLine($"{engine,-44} among {Few:N0} {amongFew:N0} ms, among {bench.Asks:N0} {amongMany:N0} ms: {amongMany / amongFew:0.00} times");
        }
    }
}
