using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Jobs;

public sealed class JobRunnerTests
{
    [Theory, OnEachEngine]
    internal async Task A_pass_sees_every_organisation_and_is_written_down(StorageEngine engine)
    {
        await using var app = await StartAsync(engine, out var script);
        var saw = false;
        script.Pass = (scope, _) =>
        {
            saw = scope.IsEverything;
            app.Clock.Advance(TimeSpan.FromSeconds(2));
            return Task.CompletedTask;
        };

        var pass = await Runner(app).RunAsync<ScriptedJob>(default);

        Assert.Null(pass.Failure);
        Assert.True(saw);
        var state = await StateAsync(app);
        Assert.Equal((pass.StartedAt, pass.StartedAt.AddSeconds(2)), (state.StartedAt!.Value, state.EndedAt!.Value));
        Assert.Equal(("", 0, ThisNode.Name), (state.Error, state.FailuresInARow, state.Node));
    }

    [Theory, OnEachEngine]
    internal async Task A_failure_is_counted_and_never_leaves_the_runner(StorageEngine engine)
    {
        await using var app = await StartAsync(engine, out var script);
        script.Pass = (_, _) => throw new InvalidDataException("scripted");

        await Runner(app).RunAsync<ScriptedJob>(default);
        var pass = await Runner(app).RunAsync<ScriptedJob>(default);

        Assert.IsType<InvalidDataException>(pass.Failure);
        var failed = await StateAsync(app);
        Assert.Equal((nameof(InvalidDataException), 2), (failed.Error, failed.FailuresInARow));

        script.Pass = (_, _) => Task.CompletedTask;
        await Runner(app).RunAsync<ScriptedJob>(default);
        var well = await StateAsync(app);
        Assert.Equal(("", 0), (well.Error, well.FailuresInARow));
    }

    [Fact]
    public async Task A_job_that_cannot_even_be_made_fails_like_any_other()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);

        var pass = await Runner(app).RunAsync<ScriptedJob>(default);

        Assert.IsType<InvalidOperationException>(pass.Failure);
    }

    [Fact]
    public async Task A_job_that_is_run_often_is_written_down_now_and_then()
    {
        await using var app = await StartAsync(StorageEngine.Sqlite, out _);
        var first = await Runner(app).RunAsync<ScriptedJob>(default);

        app.Clock.Advance(TimeSpan.FromSeconds(14));
        await Runner(app).RunAsync<ScriptedJob>(default);
        Assert.Equal(first.StartedAt, (await StateAsync(app)).StartedAt);

        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var third = await Runner(app).RunAsync<ScriptedJob>(default);
        Assert.Equal(third.StartedAt, (await StateAsync(app)).StartedAt);
    }

    [Fact]
    public async Task A_pass_whose_record_cannot_be_kept_still_counts_as_done()
    {
        await using var app = await StartAsync(StorageEngine.Sqlite, out _);
        await app.ReadAsync(db => db.Database.ExecuteSqlRawAsync("DROP TABLE job_states"));

        Assert.Null((await Runner(app).RunAsync<ScriptedJob>(default)).Failure);
    }

    [Fact]
    public async Task Waking_runs_the_job_where_jobs_are_enabled()
    {
        await using var app = await StartAsync(StorageEngine.Sqlite, out var script, enabled: true);
        var ran = new TaskCompletionSource();
        script.Pass = (_, _) =>
        {
            ran.TrySetResult();
            return Task.CompletedTask;
        };

        app.Services.GetRequiredService<JobWaker>().Wake<ScriptedJob>();

        await ran.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task What_comes_within_a_moment_shares_a_pass()
    {
        await using var app = await StartAsync(StorageEngine.Sqlite, out var script, enabled: true);
        var (waker, moment) = (app.Services.GetRequiredService<JobWaker>(), TimeSpan.FromSeconds(1));
        using var passes = new SemaphoreSlim(0);
        script.Pass = (_, _) =>
        {
            passes.Release();
            return Task.CompletedTask;
        };

        for (var burst = 0; burst < 2; burst++)
        {
            waker.WakeIn<ScriptedJob>(moment);
            app.Clock.Advance(moment / 2);
            waker.WakeIn<ScriptedJob>(moment);
            Assert.Equal(0, passes.CurrentCount);
            app.Clock.Advance(moment / 2);
            Assert.True(await passes.WaitAsync(TimeSpan.FromSeconds(10)));
        }

        app.Clock.Advance(moment);
        await Runner(app).RunAsync<ScriptedJob>(default);
        Assert.Equal(1, passes.CurrentCount);
    }

    [Fact]
    public async Task Waking_does_nothing_where_jobs_are_not_enabled()
    {
        await using var app = await StartAsync(StorageEngine.Sqlite, out var script);
        var passes = 0;
        script.Pass = (_, _) =>
        {
            passes++;
            return Task.CompletedTask;
        };

        app.Services.GetRequiredService<JobWaker>().Wake<ScriptedJob>();
        await Runner(app).RunAsync<ScriptedJob>(default);

        Assert.Equal(1, passes);
    }

    [Fact]
    public async Task Stopping_cancels_the_pass_under_way_and_waits_for_it()
    {
        await using var app = await StartAsync(StorageEngine.Sqlite, out var script);
        var begun = new TaskCompletionSource();
        var ended = false;
        script.Pass = async (_, cancellation) =>
        {
            begun.SetResult();
            try
            {
                await new TaskCompletionSource().Task.WaitAsync(cancellation);
            }
            finally
            {
                ended = true;
            }
        };
        var pass = Runner(app).RunAsync<ScriptedJob>(default);
        await begun.Task;

        await app.Services.GetRequiredService<IHost>().StopAsync().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.True(ended);
        Assert.IsType<OperationCanceledException>((await pass).Failure, exactMatch: false);
    }

    private static JobRunner Runner(App app) => app.Services.GetRequiredService<JobRunner>();

    private static Task<JobState> StateAsync(App app) => app.ReadAsync(db => db.Set<JobState>().AsNoTracking().SingleAsync(s => s.Name == "Scripted"));

    private static Task<App> StartAsync(StorageEngine engine, out JobScript script, bool enabled = false)
    {
        var made = script = new JobScript();
        return App.StartAsync(engine, new() { ["Jobs:Enabled"] = enabled ? "true" : "false" }, services => services.AddSingleton(made));
    }
}
