using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Composition;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Jobs;

public sealed class QuartzEngineTests
{
    private static readonly Dictionary<string, string?> Enabled = new() { ["Jobs:Enabled"] = "true" };

    [Theory, OnEachEngine]
    internal async Task A_scheduled_job_is_run_again_and_again(StorageEngine engine)
    {
        var script = new JobScript();
        var passes = new SemaphoreSlim(0);
        script.Pass = (_, _) =>
        {
            passes.Release();
            return Task.CompletedTask;
        };
        await using var app = await App.StartAsync(engine, Enabled, services => Register(services, script, TimeSpan.FromMilliseconds(200)));

        for (var pass = 0; pass < 3; pass++)
        {
            Assert.True(await passes.WaitAsync(TimeSpan.FromSeconds(20)));
        }
    }

    [Theory, OnEachEngine]
    internal async Task A_job_that_fails_keeps_its_rhythm(StorageEngine engine)
    {
        var script = new JobScript();
        var passes = new SemaphoreSlim(0);
        script.Pass = (_, _) =>
        {
            passes.Release();
            throw new InvalidDataException("scripted");
        };
        await using var app = await App.StartAsync(engine, Enabled, services => Register(services, script, TimeSpan.FromMilliseconds(200)));

        for (var pass = 0; pass < 3; pass++)
        {
            Assert.True(await passes.WaitAsync(TimeSpan.FromSeconds(20)));
        }
    }

    [Fact]
    public async Task Two_nodes_on_one_database_never_run_a_job_at_once()
    {
        var ran = new ConcurrentQueue<bool>();
        var enough = new TaskCompletionSource();
        var running = 0;
        var script = new JobScript
        {
            Pass = (_, _) =>
            {
                ran.Enqueue(Interlocked.Increment(ref running) == 1);
                if (ran.Count == 20)
                {
                    enough.TrySetResult();
                }

                Interlocked.Decrement(ref running);
                return Task.CompletedTask;
            },
        };
        void Jobs(IServiceCollection services) => Register(services, script, TimeSpan.FromMilliseconds(100));
        await using var one = await App.StartAsync(StorageEngine.PostgreSql, Enabled, Jobs);
        var shared = one.Services.GetRequiredService<PostgresConnections>().ConnectionString;
        await using var two = await App.StartAsync(StorageEngine.PostgreSql, new(Enabled) { ["Storage:ConnectionString"] = shared }, Jobs);

        await enough.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.DoesNotContain(false, ran);
    }

    [Fact]
    public async Task The_clustered_schedule_is_kept_under_its_own_prefix()
    {
        await using var app = await App.StartAsync(StorageEngine.PostgreSql, Enabled);

        var stored = await app.ReadAsync(db => db.Database.SqlQuery<string>($"SELECT job_name AS \"Value\" FROM quartz_job_details").ToListAsync());

        Assert.Equal(Schedule.All.Select(j => j.Name).Order(), stored.Order());
    }

    /// <summary>The engine's timers run on the machine's clock here: what is tested is the engine.</summary>
    private static void Register(IServiceCollection services, JobScript script, TimeSpan every)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(script);
        services.AddSingleton(ScheduledJob.Each<ScriptedJob>(every, "Scripted"));
    }
}
