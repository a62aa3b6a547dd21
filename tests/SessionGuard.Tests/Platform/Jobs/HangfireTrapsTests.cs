using Hangfire;
using Hangfire.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Composition;
using SessionGuard.Platform.Jobs.Hangfire;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Jobs;

/// <summary>What Hangfire does of itself that would leave a job silent.</summary>
public sealed class HangfireTrapsTests
{
    private const string Daily = "VerifyLedger";

    /// <summary>A lock of Hangfire's is a row, which a process that is killed leaves behind; by itself it holds for ten minutes.</summary>
    [Fact]
    public async Task Lock_rows_that_a_killed_process_left_hold_no_job_up_for_longer_than_their_timeout()
    {
        var connection = await TestDatabases.PostgresAsync();
        var left = DateTime.UtcNow - HangfireStorage.LockTimeout + TimeSpan.FromSeconds(3);
        await using (var dead = await App.StartAsync(StorageEngine.PostgreSql, new() { ["Storage:ConnectionString"] = connection }))
        {
            foreach (var resource in (string[])["recurring-jobs:lock", $"lock:recurring-job:{Turns.Job}", "locks:schedulepoller"])
            {
                await dead.ReadAsync(db => db.Database.ExecuteSqlAsync(
                    $"INSERT INTO hangfire.lock (resource, acquired) VALUES ({"hangfire:" + resource}, {left})"));
            }
        }

        var turns = new Turns();
        await using var app = await App.StartAsync(
            StorageEngine.PostgreSql, new(Turns.Enabled) { ["Storage:ConnectionString"] = connection }, turns.Register);

        await turns.ComeAsync(3);
    }

    /// <summary>Six turns in a row that could not be stored, and Hangfire gives a job up until somebody puts it up again.</summary>
    [Theory, OnEachEngine]
    internal async Task A_job_that_Hangfire_switched_off_comes_back(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var schedule = app.Services.GetRequiredService<HangfireSchedule>();
        schedule.TryPutUp(CancellationToken.None);
        SwitchOff(app, "SendMail");
        Assert.Null(Turns.All(app).Single(j => j.Id == "SendMail").NextExecution);

        Assert.True(schedule.TryPutBack());

        var back = Turns.All(app).Single(j => j.Id == "SendMail");
        Assert.NotNull(back.NextExecution);
        Assert.Null(back.Error);
    }

    [Theory, OnEachEngine]
    internal async Task A_job_that_somebody_took_away_comes_back_and_another_rhythm_of_a_newer_program_stays(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var schedule = app.Services.GetRequiredService<HangfireSchedule>();
        var jobs = app.Services.GetRequiredService<IRecurringJobManager>();
        schedule.TryPutUp(CancellationToken.None);
        jobs.RemoveIfExists("SendMail");
        jobs.AddOrUpdate(
            "ProcessInbox", Job.FromExpression<HangfirePass>(p => p.RunAsync("ProcessInbox", CancellationToken.None), "live"), "0/2 * * * * *", new RecurringJobOptions());

        Assert.True(schedule.TryPutBack());

        Assert.Equal(Schedule.All.Select(j => j.Name).Order(), Turns.All(app).Select(j => j.Id).Order());
        Assert.Equal("0/2 * * * * *", Turns.StoredOf(app, "ProcessInbox")["Cron"]);
    }

    [Theory, OnEachEngine]
    internal async Task A_job_switched_off_while_the_service_runs_is_put_back_by_the_service(StorageEngine engine)
    {
        var turns = new Turns();
        await using var app = await App.StartAsync(engine, Turns.Enabled, turns.Register);
        await turns.ComeAsync(1);

        SwitchOff(app, Daily); // the others run once at a start, which would bring them back as well

        await Eventually.Async(() => Turns.All(app).Single(j => j.Id == Daily) is { NextExecution: not null, Error: null }, Turns.Patience);
    }

    /// <summary>Turns that queue behind a slow pass would take every worker.</summary>
    [Theory, OnEachEngine]
    internal async Task Of_a_job_whose_pass_is_slow_no_second_turn_is_stored(StorageEngine engine)
    {
        var end = new TaskCompletionSource();
        var turns = new Turns(() => end.Task);
        await using var app = await App.StartAsync(engine, Turns.Enabled, turns.Register);
        await turns.ComeAsync(1);
        var missed = Turns.StoredOf(app, Turns.Job)["NextExecution"];

        // Its next turns come due and go by.
        await Eventually.Async(() => string.CompareOrdinal(Turns.StoredOf(app, Turns.Job)["NextExecution"], missed) > 0, Turns.Patience);
        var slow = Turns.StorageOf(app).GetMonitoringApi().ProcessingJobs(0, 100).Count(j => j.Value.Job?.Args[0] is Turns.Job);
        Assert.Equal((1, 0), (slow, Turns.StorageOf(app).GetMonitoringApi().EnqueuedJobs("slow", 0, 100).Count(j => j.Value.Job?.Args[0] is Turns.Job)));

        end.SetResult();
        await turns.ComeAsync(2);
    }

    private static void SwitchOff(App app, string job)
    {
        using var connection = Turns.StorageOf(app).GetConnection();
        using var transaction = connection.CreateWriteTransaction();
        transaction.SetRangeInHash($"recurring-job:{job}", [new("NextExecution", ""), new("Error", "scripted")]);
        transaction.AddToSet("recurring-jobs", job, -1);
        transaction.Commit();
    }
}
