using System.Diagnostics;
using System.Globalization;
using SessionGuard.Classes.Checking;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Benchmarks;

/// <summary>How many meetings of many schools are checked in a second, and how near that is to what Zoom's distance alone allows.</summary>
internal static class ChecksBench
{
    private const int Schools = 500;
    private const int DueOfEach = 2;

    public static async Task RunAsync(Bench bench)
    {
        Console.WriteLine($"\n== checks: {DueOfEach} meetings of each of {Schools} schools due, Zoom {DistantZoom.Away.TotalMilliseconds:N0} ms away");
        await using var zoom = await Target.DistantZoom().ReadyAsync();
        foreach (var engine in bench.Engines)
        {
            foreach (var atOnce in (int[])[16, 64])
            {
                await MeasureAsync(bench, engine, zoom.Port, atOnce);
            }
        }
    }

    private static async Task MeasureAsync(Bench bench, string engine, int zoomPort, int atOnce)
    {
        using var storage = await bench.StorageAsync(engine);
        await using var service = ServiceInside.Start(storage, settings:
        [
            ("Jobs__SchoolsAtOnce", atOnce.ToString(CultureInfo.InvariantCulture)),
            ("Zoom__ApiBaseUrl", $"http://127.0.0.1:{zoomPort}/v2/"), ("Zoom__TokenUrl", $"http://127.0.0.1:{zoomPort}/token"),
            .. Enumerable.Range(1, Schools).SelectMany(SettingsOf),
        ]);
        await SeedAsync(storage, service);
        var results = new List<(double Rate, double Cpu)>();
        await CheckAsync(storage, service); // the first look takes everything in
        for (var round = 0; round < bench.Rounds; round++)
        {
            results.Add(await CheckAsync(storage, service));
        }

        var (rate, cpu) = results.OrderBy(r => r.Rate).ElementAt(results.Count / 2);
        var allowed = atOnce * DueOfEach / DistantZoom.Away.TotalSeconds;
        Console.WriteLine($"{$"{engine}, {atOnce} schools at once",-44} {rate:N0}/s, {rate / allowed:0.00} of what waiting allows, {cpu * 1000:N1} ms CPU each");
    }

    private static IEnumerable<(string Key, string Value)> SettingsOf(int school) =>
    [
        ($"Organisations__{school}__Slug", SlugOf(school)), ($"Organisations__{school}__Name", $"School {school}"),
        ($"Organisations__{school}__Zoom__AccountId", $"account-{school}"), ($"Organisations__{school}__Zoom__ClientId", "bench"),
        ($"Organisations__{school}__Zoom__ClientSecret", "bench"), ($"Organisations__{school}__Zoom__WebhookSecret", Zoom.Secret),
    ];

    private static string SlugOf(int school) => $"school-{school}";

    private static async Task SeedAsync(Storage storage, ServiceInside service)
    {
        var directory = service.Services.GetRequiredService<OrganisationDirectory>();
        await using var rows = await Rows.OpenAsync(storage, service);
        for (var school = 1; school <= Schools; school++)
        {
            await new Classes(rows, directory.BySlug(SlugOf(school))!.Id, school * DueOfEach, DueOfEach, children: 0).MakeAsync();
        }
    }

    /// <returns>Checks a second, and seconds of processor time for each, the database's included.</returns>
    private static async Task<(double Rate, double Cpu)> CheckAsync(Storage storage, ServiceInside service)
    {
        await using (var rows = await Rows.OpenAsync(storage))
        {
            await rows.ExecuteAsync($"UPDATE meetings SET check_due_at = {rows.At(DateTimeOffset.UtcNow.AddMinutes(-1))}");
        }

        var (watch, before) = (Stopwatch.StartNew(), Target.CpuSecondsHere(storage.Server));
        await service.DoAsync(async services =>
        {
            await services.GetRequiredService<CheckUpcomingMeetingsJob>().RunAsync(default);
            return 0;
        });
        var (taken, cpu) = (watch.Elapsed.TotalSeconds, Target.CpuSecondsHere(storage.Server) - before);
        var left = await storage.ReadAsync("SELECT COUNT(*) FROM meetings WHERE failed_checks > 0 OR checked_at IS NULL");
        return left == 0 ? (Schools * DueOfEach / taken, cpu / (Schools * DueOfEach)) : throw new InvalidOperationException($"{left} meetings were not checked.");
    }
}
