using System.Diagnostics;
using SessionGuard.Platform.Mail;

namespace SessionGuard.Benchmarks;

/// <summary>Whether a mail takes longer to be taken from the outbox because a hundred thousand of the same school wait behind it.</summary>
internal static class MailBench
{
    private const int Taken = 500;
    private const int Many = 100_000;

    public static async Task RunAsync(Bench bench)
    {
        Console.WriteLine($"\n== mail: {Taken:N0} taken from the outbox one by one and written down as sent");
        var few = Taken * (bench.Rounds + 1);
        foreach (var engine in bench.Engines)
        {
            using var storage = await bench.StorageAsync(engine);
            using var largeStorage = await bench.StorageAsync(engine);
            await using var small = await OutboxAsync(storage, few);
            await using var large = await OutboxAsync(largeStorage, Many);
            large.Plans.IsOn = true;
            await TakeAsync(small);
            await TakeAsync(large);
            large.Plans.IsOn = false;
            large.Plans.Print("UPDATE outbox_messages SET leased_until", "ix_outbox_messages_waiting");
            var (amongFew, amongMany) = (new List<double>(), new List<double>());
            for (var round = 0; round < bench.Rounds; round++)
            {
                amongFew.Add(await TakeAsync(small));
                amongMany.Add(await TakeAsync(large));
            }

            var (one, other) = (Bench.Median(amongFew), Bench.Median(amongMany));
            Console.WriteLine($"{engine,-44} among {few:N0} {one:N0} ms, among {Many:N0} {other:N0} ms: {other / one:0.00} times");
        }
    }

    private static async Task<ServiceInside> OutboxAsync(Storage storage, int count)
    {
        var service = ServiceInside.Start(storage);
        await using var rows = await Rows.OpenAsync(storage, service);
        var (now, sealedText) = (DateTimeOffset.UtcNow.AddHours(-1), $"'{new string('x', 2000)}'");
        await rows.MakeAsync("outbox_messages", count,
            ("id", rows.Id("0000000F", "n")), ("organisation_id", rows.Id(service.School)), ("purpose", "'reminder'"), ("once_key", "('mail ' || n)"),
            ("to", rows.Sealed("sam@families.example")), ("subject", rows.Sealed("Will an adult be there?")), ("text", sealedText), ("html", sealedText),
            ("message_id", "('<' || n || '@lessons.alder.example>')"), ("created_at", rows.At(now, "n")), ("due_at", rows.At(now, "n")),
            ("state", "'Waiting'"), ("tries", "0"));
        return service;
    }

    /// <returns>Milliseconds.</returns>
    private static async Task<double> TakeAsync(ServiceInside service)
    {
        var queue = service.Services.GetRequiredService<OutboxQueue>();
        var watch = Stopwatch.StartNew();
        for (var n = 0; n < Taken; n++)
        {
            var mail = await queue.ClaimAsync(service.School, perSchool: 2, TimeSpan.FromMinutes(1), default);
            await queue.SentAsync(mail ?? throw new InvalidOperationException("No mail was due."));
        }

        return watch.Elapsed.TotalMilliseconds;
    }
}
