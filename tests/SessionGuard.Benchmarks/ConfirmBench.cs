using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Families;
using SessionGuard.School.Staff;

namespace SessionGuard.Benchmarks;

/// <summary>How long a family waits for its page while many others open theirs and the endpoint is busy.</summary>
internal static class ConfirmBench
{
    private const int ClassCount = 100;
    private const int Children = 10;
    private static readonly int[] Rates = [100, 250, 1000]; // pages a second
    private const int DeliveriesASecond = 500;

    public static async Task RunAsync(Bench bench)
    {
        Console.WriteLine($"\n== confirm: pages while the endpoint takes {DeliveriesASecond}/s, jobs on");
        await using var families = Load.Start();
        foreach (var engine in bench.Engines)
        {
            using var storage = await bench.StorageAsync(engine);
            var pages = await SeedAsync(storage);
            await storage.SettleAsync();
            await using var app = await Target.App(storage, jobs: true, await bench.PublishedAsync()).ReadyAsync();
            Round Page(int rate, int seconds) => new(app.Port, rate * seconds, 0, Rate: rate, Pages: pages);
            Round Delivery(Round round, int seconds) => round with { Count = DeliveriesASecond * seconds, Rate = DeliveriesASecond };

            await Task.WhenAll(families.SendAsync(Page(Rates[0], 2 * Bench.WarmUpSeconds)), bench.SendAsync(app, r => Delivery(r, 2 * Bench.WarmUpSeconds)));
            foreach (var rate in Rates)
            {
                var (watch, before) = (Stopwatch.StartNew(), app.CpuSeconds);
                var both = await Task.WhenAll(families.SendAsync(Page(rate, bench.Seconds)), bench.SendAsync(app, r => Delivery(r, bench.Seconds)));
                Print($"{app.Name}, pages at {rate:N0}/s", both[0], $"{(app.CpuSeconds - before) / watch.Elapsed.TotalSeconds:0.00} processors busy");
                Print($"{app.Name}, the endpoint", both[1], "");
            }
        }
    }

    /// <summary>A link for each of a thousand families, to tomorrow's class.</summary>
    /// <returns>The pages' paths.</returns>
    private static async Task<IReadOnlyList<string>> SeedAsync(Storage storage)
    {
        await using var service = ServiceInside.Start(storage);
        await using (var rows = await Rows.OpenAsync(storage, service))
        {
            var classes = new Classes(rows, service.School, 0, ClassCount, Children);
            await classes.MakeAsync();
            await classes.SessionsAsync(0, 1, "Scheduled", DateTimeOffset.UtcNow.AddDays(1));
            await rows.MakeAsync("series_teachers", ClassCount,
                ("id", rows.Id("00000010", "n")), ("organisation_id", rows.Id(service.School)), ("series_id", classes.Series("n")),
                ("account_id", rows.Id(await TeacherAsync(service))), ("is_main", rows.Yes));
            var (own, child) = ($"(n / {Children})", $"(n % {Children})");
            await rows.MakeAsync("family_links", ClassCount * Children,
                ("id", rows.Id("0000000F", "n")), ("organisation_id", rows.Id(service.School)), ("purpose", "'Confirm'"), ("carer_id", classes.Carer(own, child)),
                ("session_id", classes.Session(own, "0")), ("code_hash", rows.Bytes("('not known yet ' || n)")), ("created_at", rows.At(DateTimeOffset.UtcNow)));
        }

        return await service.DoAsync(async services =>
        {
            var (db, codes) = (services.GetRequiredService<SessionGuardDb>(), services.GetRequiredService<FamilyLinks>());
            var links = await db.Set<FamilyLink>().ToListAsync();
            foreach (var link in links)
            {
                db.Entry(link).Property(l => l.CodeHash).CurrentValue = LinkCodes.GetHash(codes.GetCode(link.Purpose, link.Id));
            }

            await db.SaveChangesAsync();
            return links.ConvertAll(link => $"/c/{codes.GetCode(link.Purpose, link.Id)}");
        });
    }

    /// <summary>The one account that teaches every class.</summary>
    private static Task<Guid> TeacherAsync(ServiceInside service) => service.DoAsync(async services =>
    {
        var teacher = await services.GetRequiredService<StaffAccounts>().EnsureAsync(service.School, "teacher@bench.example", "Alex Moss", Role.Teacher, default);
        await services.GetRequiredService<SessionGuardDb>().SaveChangesAsync();
        return teacher.Id;
    });

    private static void Print(string name, RoundResult result, string more) => Console.WriteLine(
        $"{name,-44} p50 {result.P50,6:N1} ms  p99 {result.P99,6:N1} ms  max {result.Max,6:N1} ms  failed {result.Failed}  {result.Rate:N0}/s answered  {more}");
}
