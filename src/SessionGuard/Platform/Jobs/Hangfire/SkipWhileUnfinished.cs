using Hangfire.Client;
using Hangfire.Common;
using Hangfire.States;
using Hangfire.Storage;

namespace SessionGuard.Platform.Jobs.Hangfire;

/// <summary>
/// Stores no turn of a job while one before it waits or runs: turns of a slow pass would pile up and take every worker. Hangfire's own
/// way for this is a lock row, which a killed process leaves behind.
/// </summary>
internal sealed class SkipWhileUnfinished : JobFilterAttribute, IClientFilter, IApplyStateFilter
{
    private const string RecurringJob = "RecurringJobId";
    private const string Unfinished = "Unfinished";

    public void OnCreating(CreatingContext context)
    {
        if (context.Parameters.TryGetValue(RecurringJob, out var name) && context.Connection is JobStorageConnection connection)
        {
            context.Canceled = connection.GetValueFromHash(GetKey(name), Unfinished) is { Length: > 0 } turn
                && connection.GetStateData(turn)?.Name is { } state
                && (state == EnqueuedState.StateName || state == ProcessingState.StateName);
        }
    }

    public void OnCreated(CreatedContext context)
    {
    }

    public void OnStateApplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
        if (context.NewState is EnqueuedState && context.GetJobParameter<string>(RecurringJob, allowStale: true) is { } name)
        {
            transaction.SetRangeInHash(GetKey(name), [new(Unfinished, context.BackgroundJob.Id)]);
        }
    }

    public void OnStateUnapplied(ApplyStateContext context, IWriteOnlyTransaction transaction)
    {
    }

    private static string GetKey(object name) => $"recurring-job:{name}";
}
