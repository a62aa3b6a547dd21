using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Jobs;

/// <summary>
/// Remembers how each job's last pass went: here in full, and in the database for the other nodes. A job that is woken many times
/// a second does not write as often.
/// </summary>
internal sealed partial class JobRecords(IServiceScopeFactory scopes, ILogger<JobRecords> logger)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);
    private readonly ConcurrentDictionary<string, JobPass> _last = new();
    private readonly ConcurrentDictionary<string, JobPass> _lastGood = new();
    private readonly ConcurrentDictionary<string, JobPass> _written = new();

    /// <summary>The last pass on this node; null when there was none since the start.</summary>
    public JobPass? LastHere(string job) => _last.GetValueOrDefault(job);

    /// <summary>The last pass on this node that went well; null when there was none since the start.</summary>
    public JobPass? LastGoodHere(string job) => _lastGood.GetValueOrDefault(job);

    public async Task KeepAsync(string job, JobPass pass, CancellationToken stopping)
    {
        _last[job] = pass;
        if (pass.Failure is null)
        {
            _lastGood[job] = pass;
        }

        if (stopping.IsCancellationRequested || !IsNews(job, pass))
        {
            return;
        }

        try
        {
            await WriteAsync(job, pass, stopping);
            _written[job] = pass;
        }
        catch (Exception failure) when (failure
            is DbUpdateException or DbException or TimeoutException or InvalidOperationException or OperationCanceledException)
        {
            // The pass itself was logged. Its row is brought up to date by one of the next passes.
            LogNotWritten(job, failure.GetType().Name);
        }
    }

    private bool IsNews(string job, JobPass pass) =>
        pass.Failure is not null
        || _written.GetValueOrDefault(job) is not { } written
        || written.Failure is not null
        || pass.EndedAt - written.EndedAt >= Quiet;

    private async Task WriteAsync(string job, JobPass pass, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        var state = await db.Set<JobState>().FirstOrDefaultAsync(s => s.Name == job, cancellation);
        if (state is null)
        {
            state = new JobState { Name = job };
            db.Add(state);
        }

        state.StartedAt = pass.StartedAt;
        state.EndedAt = pass.EndedAt;
        state.Node = ThisNode.Name;
        state.Error = pass.Failure?.GetType().Name ?? "";
        state.FailuresInARow = pass.Failure is null ? 0 : state.FailuresInARow + 1;
        await db.SaveChangesAsync(cancellation);
    }

    [LoggerMessage(EventId = 703, Level = LogLevel.Warning, Message = "How {Job} went could not be written down: {Failure}.")]
    private partial void LogNotWritten(string job, string failure);
}
