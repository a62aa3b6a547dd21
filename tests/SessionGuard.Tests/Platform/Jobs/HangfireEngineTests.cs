using System.Collections.Concurrent;
using Hangfire;
using Hangfire.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Composition;
using SessionGuard.Platform.Jobs.Hangfire;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Jobs;

public sealed class HangfireEngineTests
{
    [Theory, OnEachEngine]
    internal async Task A_scheduled_job_is_run_again_and_again(StorageEngine engine)
    {
        var turns = new Turns();
        await using var app = await App.StartAsync(engine, Turns.Enabled, turns.Register);

        await turns.ComeAsync(3);
    }

    [Theory, OnEachEngine]
    internal async Task A_job_that_fails_keeps_its_rhythm(StorageEngine engine)
    {
        var turns = new Turns(() => throw new InvalidDataException("scripted"));
        await using var app = await App.StartAsync(engine, Turns.Enabled, turns.Register);

        await turns.ComeAsync(3);
    }

    [Theory, OnEachEngine]
    internal async Task A_node_without_jobs_runs_none_and_puts_up_none(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);

        Assert.Empty(Turns.All(app));
        Assert.Empty(Turns.StorageOf(app).GetMonitoringApi().Servers());
    }

    [Fact]
    public async Task Two_nodes_on_one_database_never_run_a_job_at_once()
    {
        var alone = new ConcurrentQueue<bool>();
        var running = 0;
        var turns = new Turns(async () =>
        {
            alone.Enqueue(Interlocked.Increment(ref running) == 1);
            await Task.Yield();
            Interlocked.Decrement(ref running);
        });
        await using var one = await App.StartAsync(StorageEngine.PostgreSql, Turns.Enabled, turns.Register);
        await using var two = await BesideAsync(one, turns);

        await turns.ComeAsync(8);

        Assert.DoesNotContain(false, alone);
    }

    [Theory, OnEachEngine]
    internal async Task Each_job_is_stored_as_the_name_of_one_class_and_one_method_with_nothing_of_a_school(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);

        Assert.True(app.Services.GetRequiredService<HangfireSchedule>().TryPutUp(CancellationToken.None));

        var stored = Turns.All(app);
        Assert.Equal(Schedule.All.Select(j => j.Name).Order(), stored.Select(s => s.Id).Order());
        Assert.All(stored, s => Assert.Equal((typeof(HangfirePass), nameof(HangfirePass.RunAsync)), (s.Job.Type, s.Job.Method.Name)));
        Assert.All(stored, s => Assert.Equal((2, s.Id), (s.Job.Args.Count, s.Job.Args[0]))); // the other one says when to stop
        Assert.All(stored, s => Assert.NotNull(s.NextExecution));
    }

    /// <summary>As an older program beside a newer one.</summary>
    [Theory, OnEachEngine]
    internal async Task A_job_that_the_program_does_not_know_is_no_error_and_hinders_no_other(StorageEngine engine)
    {
        var turns = new Turns();
        await using var app = await App.StartAsync(engine, Turns.Enabled, turns.Register);
        await turns.ComeAsync(1);
        app.Services.GetRequiredService<IRecurringJobManager>().AddOrUpdate(
            "Later", Job.FromExpression<HangfirePass>(p => p.RunAsync("Later", CancellationToken.None), "live"), "* * * * * *", new RecurringJobOptions());

        await Eventually.Async(() => Turns.StoredOf(app, "Later").GetValueOrDefault("LastJobId") is { Length: > 0 } id && HasSucceeded(app, id), Turns.Patience);

        Assert.Equal("", Turns.StoredOf(app, "Later").GetValueOrDefault("Error", ""));
        await turns.ComeAsync(2);
    }

    [Fact]
    public async Task Two_services_in_one_process_have_schedules_of_their_own()
    {
        var (mine, yours) = (new Turns(), new Turns());
        await using var one = await App.StartAsync(StorageEngine.Sqlite, Turns.Enabled, mine.Register);
        await using (var two = await App.StartAsync(StorageEngine.Sqlite, Turns.Enabled, yours.Register))
        {
            await using var three = await App.StartAsync(StorageEngine.Sqlite, Turns.Enabled, Turns.OnTheMachinesClock);
            await mine.ComeAsync(2);
            await yours.ComeAsync(2);
            Assert.Distinct(new[] { one, two, three }.Select(Turns.StorageOf));
            Assert.Empty(Turns.StoredOf(three, Turns.Job));
        }

        var before = yours.Begun;
        await mine.ComeAsync(3);
        Assert.Equal(before, yours.Begun);
    }

    [Theory, OnEachEngine]
    internal async Task A_stop_waits_for_the_pass_under_way(StorageEngine engine)
    {
        var ended = false;
        var turns = new Turns();
        turns.Script.Pass = async (_, cancellation) =>
        {
            turns.Count();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            }
            finally
            {
                ended = true;
            }
        };
        var app = await App.StartAsync(engine, Turns.Enabled, turns.Register);
        await turns.ComeAsync(1);

        await app.DisposeAsync();

        Assert.True(ended);
    }

    internal static async Task<App> BesideAsync(App first, Turns turns)
    {
        var shared = first.Services.GetRequiredService<PostgresConnections>().ConnectionString;
        return await App.StartAsync(StorageEngine.PostgreSql, new(Turns.Enabled) { ["Storage:ConnectionString"] = shared }, turns.Register);
    }

    private static bool HasSucceeded(App app, string id)
    {
        using var connection = Turns.StorageOf(app).GetConnection();
        return connection.GetStateData(id)?.Name == "Succeeded";
    }
}
