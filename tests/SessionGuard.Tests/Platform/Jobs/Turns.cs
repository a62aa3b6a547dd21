using System.Threading.Channels;
using Hangfire;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Jobs;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Jobs;

/// <summary>A job whose passes a test writes and counts, on the engine as it is: on the machine's clock.</summary>
internal sealed class Turns
{
    public const string Job = "Scripted";

    /// <summary>Much more than a turn's rhythm: what is awaited never comes where the engine is wrong.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Channel<bool> _begun = Channel.CreateUnbounded<bool>();

    /// <param name="pass">What a pass does when it was counted.</param>
    public Turns(Func<Task>? pass = null) => Script = new JobScript
    {
        Pass = (_, _) =>
        {
            Count();
            return pass?.Invoke() ?? Task.CompletedTask;
        },
    };

    public static Dictionary<string, string?> Enabled => new() { ["Jobs:Enabled"] = "true" };

    public JobScript Script { get; }

    /// <summary>For a pass that the test wrote whole.</summary>
    public void Count() => _begun.Writer.TryWrite(true);

    /// <summary>How many passes have begun that nobody waited for.</summary>
    public int Begun => _begun.Reader.Count;

    public static void OnTheMachinesClock(IServiceCollection services) => services.AddSingleton(TimeProvider.System);

    public void Register(IServiceCollection services)
    {
        OnTheMachinesClock(services);
        services.AddSingleton(Script);
        services.AddSingleton(ScheduledJob.Each<ScriptedJob>(TimeSpan.FromSeconds(1), "Scripted"));
    }

    public async Task ComeAsync(int passes)
    {
        for (var pass = 0; pass < passes; pass++)
        {
            await _begun.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        }
    }

    public static JobStorage StorageOf(App app) => app.Services.GetRequiredService<JobStorage>();

    /// <summary>What Hangfire has stored of a job; empty: nothing.</summary>
    public static Dictionary<string, string> StoredOf(App app, string job)
    {
        using var connection = StorageOf(app).GetConnection();
        return connection.GetAllEntriesFromHash($"recurring-job:{job}") ?? [];
    }

    public static List<RecurringJobDto> All(App app)
    {
        using var connection = StorageOf(app).GetConnection();
        return connection.GetRecurringJobs();
    }
}
