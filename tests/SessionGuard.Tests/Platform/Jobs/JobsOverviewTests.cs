using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Jobs;

public sealed class JobsOverviewTests
{
    [Theory, OnEachEngine]
    internal async Task A_job_is_listed_with_how_its_last_pass_went_and_when_the_next_is_due(StorageEngine engine)
    {
        var script = new JobScript();
        await using var app = await StartAsync(engine, script);
        var tonight = new DateTimeOffset(2026, 11, 25, 2, 0, 0, TimeSpan.Zero);
        Assert.Equal((JobOutcome.NotRunYet, null, tonight), (await ScriptedAsync(app)) switch { var j => (j.Outcome, j.StartedAt, j.NextDue) });

        script.Pass = (_, _) =>
        {
            app.Clock.Advance(TimeSpan.FromSeconds(3));
            return Task.CompletedTask;
        };
        var well = await app.Services.GetRequiredService<JobRunner>().RunAsync<ScriptedJob>(default);
        var listed = await ScriptedAsync(app);
        Assert.Equal(("Scripted", "Do as told"), (listed.Name, listed.Title));
        Assert.Equal((JobOutcome.WentWell, well.StartedAt, TimeSpan.FromSeconds(3)), (listed.Outcome, listed.StartedAt, listed.Duration));
        Assert.Equal((tonight, 0), (listed.NextDue!.Value, listed.FailuresInARow));

        script.Pass = (_, _) => throw new InvalidDataException("scripted");
        await app.Services.GetRequiredService<JobRunner>().RunAsync<ScriptedJob>(default);
        await app.Services.GetRequiredService<JobRunner>().RunAsync<ScriptedJob>(default);
        var failed = await ScriptedAsync(app);
        Assert.Equal((JobOutcome.Failed, nameof(InvalidDataException), 2), (failed.Outcome, failed.Error, failed.FailuresInARow));
    }

    [Fact]
    public async Task What_another_node_wrote_last_is_what_is_listed()
    {
        await using var app = await StartAsync(StorageEngine.Sqlite, new JobScript());
        var here = await app.Services.GetRequiredService<JobRunner>().RunAsync<ScriptedJob>(default);
        await app.ReadAsync(db => db.Set<JobState>().Where(s => s.Name == "Scripted").ExecuteUpdateAsync(s => s
            .SetProperty(j => j.StartedAt, here.StartedAt.AddSeconds(5))
            .SetProperty(j => j.EndedAt, here.StartedAt.AddSeconds(6))
            .SetProperty(j => j.Node, "elsewhere")));

        var listed = await ScriptedAsync(app);

        Assert.Equal(("elsewhere", here.StartedAt.AddSeconds(5)), (listed.Node, listed.StartedAt));
    }

    [Fact]
    public async Task What_waits_is_counted_as_far_as_the_reader_may_see()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, services: services =>
            services.AddSingleton(ScheduledJob.Each<CountingJob>(TimeSpan.FromDays(30), "Count")));

        await using var scope = app.Services.CreateAsyncScope();
        var jobs = await scope.ServiceProvider.GetRequiredService<JobsOverview>().ReadAsync([], default);
        Assert.Equal(0, jobs.Single(j => j.Name == "Counting").Backlog);
        Assert.Null(jobs.Single(j => j.Name == "VerifyLedger").Backlog);

        scope.ServiceProvider.GetRequiredService<OrganisationScope>().Widen();
        jobs = await scope.ServiceProvider.GetRequiredService<JobsOverview>().ReadAsync([], default);
        Assert.Equal(1, jobs.Single(j => j.Name == "Counting").Backlog);
    }

    /// <summary>Its turn is far away: the test runs the passes.</summary>
    private static Task<App> StartAsync(StorageEngine engine, JobScript script) => App.StartAsync(engine, new() { ["Jobs:Enabled"] = "true" }, services =>
    {
        foreach (var scheduled in services.Where(s => s.ServiceType == typeof(ScheduledJob)).ToList())
        {
            services.Remove(scheduled);
        }

        services.AddSingleton(script);
        services.AddSingleton(ScheduledJob.Daily<ScriptedJob>(new TimeOnly(2, 0), "Do as told"));
    });

    private static Task<JobOverview> ScriptedAsync(App app) => ReadAsync(app, "Scripted");

    private static async Task<JobOverview> ReadAsync(App app, string name)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<JobsOverview>().ReadAsync([], default)).Single(j => j.Name == name);
    }

    /// <summary>Counts the accounts its scope sees.</summary>
    private sealed class CountingJob(SessionGuardDb db) : IBacklog
    {
        public Task RunAsync(CancellationToken cancellation) => Task.CompletedTask;

        public Task<int> CountAsync(CancellationToken cancellation) => db.Set<Account>().CountAsync(cancellation);
    }
}
