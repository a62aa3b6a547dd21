using Hangfire;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Npgsql;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Jobs.Hangfire;

/// <summary>Puts the schedule onto Hangfire, whose server then says when.</summary>
internal sealed class HangfireEngine(
    IRecurringJobManager jobs, IEnumerable<ScheduledJob> schedule, PostgresConnections postgres, SchemaLock schemaLock) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Nodes that start together would make Hangfire's tables together.
        await using var turn = await schemaLock.TakeAsync(cancellationToken);
        await using var connection = new NpgsqlConnection(postgres.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        PostgreSqlObjectsInstaller.Install(connection);
        foreach (var job in schedule)
        {
            var name = job.Name;
            jobs.AddOrUpdate(
                name, Job.FromExpression<HangfirePass>(pass => pass.RunAsync(name, CancellationToken.None)), CronText.ToCron(job), new RecurringJobOptions());
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
