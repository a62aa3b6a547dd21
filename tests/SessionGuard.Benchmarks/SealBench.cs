using System.Diagnostics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SessionGuard.Classes.Sessions;
using SessionGuard.Demo;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.School.Staff;

namespace SessionGuard.Benchmarks;

/// <summary>
/// What sealing costs: one value's opening and one body's sealing by themselves, how many values a class's page opens, and from both its
/// share of the page.
/// </summary>
internal static class SealBench
{
    private const int Children = 30;
    private const int Events = 500;
    private const int Repeats = 200_000;

    public static async Task RunAsync(Bench bench)
    {
        Console.WriteLine($"\n== seal: the page of a class of {Children} children with {Events} comings and goings");
        foreach (var engine in bench.Engines)
        {
            using var storage = await bench.StorageAsync(engine);
            var opened = new OpenedValues();
            await using var service = ServiceInside.Start(storage, opened);
            await using (var rows = await Rows.OpenAsync(storage, service))
            {
                var classes = new Classes(rows, service.School, 0, 1, Children);
                await classes.MakeAsync();
                await new Lessons(rows, service.School, classes, 0, 1, Children, 1, Events).MakeAsync(DateTimeOffset.UtcNow.AddDays(-7));
            }

            var (opening, sealing) = CostOfOne(service.Services.GetRequiredService<PersonalData>());
            var (page, values) = await PageAsync(bench, service, opened);
            var share = values * opening / page;
            Console.WriteLine($"{engine,-44} page {page / 1000:0.0} ms, {values:N0} values opened at {opening:0.00} us: {share / (1 - share):P1} more than without");
            Console.WriteLine($"{"",-44} a delivery's body sealed in {sealing:0.00} us");
        }
    }

    /// <returns>Microseconds to open a name, and to seal a body of Zoom's.</returns>
    private static (double Opening, double Sealing) CostOfOne(PersonalData personal)
    {
        var (name, body) = (personal.Seal("Poppy Reed"), Encoding.UTF8.GetBytes(new string('x', 900)));
        return (TimeOf(() => personal.OpenText(name)), TimeOf(() => personal.Seal(body)));
    }

    private static double TimeOf(Action work)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var watch = Stopwatch.StartNew();
            for (var n = 0; n < Repeats; n++)
            {
                work();
            }

            best = Math.Min(best, watch.Elapsed.TotalMicroseconds / Repeats);
        }

        return best;
    }

    /// <returns>Microseconds of the median page, and how many values it opened.</returns>
    private static async Task<(double Microseconds, int Values)> PageAsync(Bench bench, ServiceInside service, OpenedValues opened)
    {
        using var client = service.CreateClient();
        client.DefaultRequestHeaders.Add("Cookie", await service.DoAsync(services => CookieOfLeadAsync(services, service.School)));
        var id = await service.DoAsync(services => services.GetRequiredService<SessionGuardDb>().Set<Session>().Select(s => s.Id).SingleAsync());
        var taken = new List<double>();
        var limit = Stopwatch.StartNew();
        while (taken.Count < 50 || limit.Elapsed < TimeSpan.FromSeconds(2 * bench.Seconds))
        {
            opened.Reset();
            var watch = Stopwatch.StartNew();
            using var answer = await client.GetAsync(new Uri($"/sessions/{id}", UriKind.Relative));
            taken.Add(watch.Elapsed.TotalMicroseconds);
            answer.EnsureSuccessStatusCode();
        }

        return (Bench.Median(taken), opened.Count);
    }

    private static async Task<string> CookieOfLeadAsync(IServiceProvider services, Guid school)
    {
        var db = services.GetRequiredService<SessionGuardDb>();
        var account = await services.GetRequiredService<StaffAccounts>().EnsureAsync(school, "lead@bench.example", "Lead", Role.Lead, default);
        await db.SaveChangesAsync();
        return await DemoVisits.CookieAsync(account, services);
    }

    /// <summary>Counts the sealed values of every row that EF Core makes an object of.</summary>
    private sealed class OpenedValues : IMaterializationInterceptor
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Reset() => Volatile.Write(ref _count, 0);

        public object InitializedInstance(MaterializationInterceptionData materializationData, object entity)
        {
            var values = materializationData.EntityType.GetProperties().Count(p =>
                p.FindAnnotation(PersonalAttribute.Annotation) is not null && p.PropertyInfo?.GetValue(entity) is not null);
            Interlocked.Add(ref _count, values);
            return entity;
        }
    }
}
