using System.Diagnostics;
using System.Net;
using SessionGuard.Platform.Storage;
using SessionGuard.ResilienceTests.Kit;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;

namespace SessionGuard.ResilienceTests;

/// <summary>The database's disk is full for a while.</summary>
public sealed class DiskFullTests
{
    [Fact]
    public async Task Full_SQLite_disk_means_503_a_plain_reason_and_a_return_without_a_restart()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: Size.Of(8, 128)); // once free, it takes all that was refused
        await using var site = await Site.PrepareAsync(StorageEngine.Sqlite, $"Data Source={Path.Combine(disk.Folder, "sessionguard.db")}");
        await FillAndFreeAsync(site, disk, leaveBytes: 200_000);
        Assert.Equal("ok", await site.Database.IntegrityAsync());
    }

    [Fact]
    public async Task Full_PostgreSQL_disk_means_503_a_plain_reason_and_a_return_without_a_restart()
    {
        Assert.SkipWhen(PostgresServer.Programs is null, "PostgreSQL's server programs are not installed (Debian: postgresql-15).");
        await using var disk = await SmallDisk.MountAsync(megabytes: 160);
        await using var server = await PostgresServer.StartAsync(durable: true, on: disk.Folder);
        await using var site = await Site.PrepareAsync(StorageEngine.PostgreSql, server.ConnectionString("postgres"));
        // Into a fresh file of its log: it is made whole at once, and only a log that cannot grow would bring the server down.
        await server.ExecuteAsync("SELECT pg_switch_wal()");
        await server.ExecuteAsync("CHECKPOINT");
        await FillAndFreeAsync(site, disk, leaveBytes: 500_000);
    }

    private static async Task FillAndFreeAsync(Site site, SmallDisk disk, int leaveBytes)
    {
        var service = await site.StartAsync(new() { ["PublicUrl"] = "http://localhost:5080" }); // pages without https
        using var sender = new Sender(service.Address);
        using var visitor = new HttpClient { BaseAddress = service.Address };
        await sender.SendAsync();
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/sign-in")).StatusCode);
        disk.Fill(leaveBytes);
        await using (sender.Load(perSecond: 400))
        {
            await sender.UntilAsync(20, a => a.Answer is HttpStatusCode.ServiceUnavailable);
            var reason = "";
            var until = Stopwatch.StartNew();
            await Eventually.Async(async () => (reason = await NotReadyAsync(visitor)).Length > 0, TimeSpan.FromSeconds(5));
            Size.Within(TimeSpan.FromSeconds(5), until.Elapsed);
            Assert.Contains("disk is full", reason, StringComparison.Ordinal);
            // What is there can still be read.
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/sign-in")).StatusCode);
            await sender.UntilAsync(Size.Of(200, 20_000), a => a.Answer is HttpStatusCode.ServiceUnavailable);
        }

        disk.Free();
        var recovery = await sender.RecoverAsync();
        Assert.Equal("", await NotReadyAsync(visitor));
        await sender.ResendAsync();
        Report.Balanced("disk full (6)", site.Engine, 1, Balance.Of(sender, await site.Database.StoredAsync()), recovery);
        Assert.All(sender.Attempts, a => Assert.Contains(a.Answer, (HttpStatusCode?[])[HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]));
        Size.Within(TimeSpan.FromSeconds(30), recovery);
    }

    /// <returns>Why it is not ready; empty when it is.</returns>
    private static async Task<string> NotReadyAsync(HttpClient visitor)
    {
        using var answer = await visitor.GetAsync("/health/ready");
        return answer.IsSuccessStatusCode ? "" : await answer.Content.ReadAsStringAsync();
    }
}
