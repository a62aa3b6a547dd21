using System.Diagnostics;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Jobs.Hangfire;
using SessionGuard.Platform.Storage;
using SessionGuard.ResilienceTests.Kit;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Platform.Jobs;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.ResilienceTests;

/// <summary>What Hangfire's users report most: tables that grow, and a dashboard that grows slow with them.</summary>
[Collection(nameof(Alone))]
public sealed class HangfireTablesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(Size.Of(5, 120));

    [Fact]
    public async Task After_many_turns_its_tables_hold_few_rows_and_the_dashboard_answers()
    {
        var count = Size.Of(2_000, 100_000);
        var settings = new Dictionary<string, string?>(Turns.Enabled) { ["Storage:ConnectionString"] = await TestDatabases.PostgresAsync() };
        var database = new Database(StorageEngine.PostgreSql, "", settings["Storage:ConnectionString"]!);
        await using (var app = await App.StartAsync(StorageEngine.PostgreSql, settings, new Turns().Register))
        {
            var client = app.Services.GetRequiredService<IBackgroundJobClient>();
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ => client.Create(
                Job.FromExpression<HangfirePass>(pass => pass.RunAsync(Turns.Job, CancellationToken.None)), new EnqueuedState(HangfireEngine.GetName(JobQueue.Live))));
            await Eventually.Async(async () => await database.CountAsync("SELECT count(*) FROM hangfire.jobqueue") < 3, Patience);
        }

        // As if the minutes had passed for which a turn is remembered. What a start sweeps, the service sweeps every few minutes.
        await database.ReadAsync("UPDATE hangfire.job SET expireat = now() - interval '1 minute' WHERE expireat IS NOT NULL RETURNING 1", _ => 0);
        await using var next = await App.StartAsync(StorageEngine.PostgreSql, settings, new Turns().Register);

        await Eventually.Async(async () => await RowsAsync(database) < 1000, Patience);
        await OverviewAsync(next);
    }

    private static Task<long> RowsAsync(Database database) => database.CountAsync(
        "SELECT " + string.Join(" + ", ((string[])["job", "state", "jobparameter", "jobqueue", "counter", "aggregatedcounter", "hash", "list", "set", "lock", "server"])
            .Select(table => $"(SELECT count(*) FROM hangfire.{table})")));

    private static async Task OverviewAsync(App app)
    {
        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var lead = await scope.ServiceProvider.GetRequiredService<StaffAccounts>().EnsureAsync(
            app.School.Id, "lead@alder.example", "The lead", Role.Lead, CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<SessionGuardDb>().SaveChangesAsync();
        using var browser = await app.SignedInAsync(lead);
        await browser.GetStringAsync("/jobs/hangfire"); // compiles what the next one needs
        var answer = Stopwatch.StartNew();
        Assert.Contains("SessionGuard", await browser.GetStringAsync("/jobs/hangfire"), StringComparison.Ordinal);
        Size.Within(TimeSpan.FromMilliseconds(100), answer.Elapsed);
    }
}
