using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Tests.Platform.Jobs;

/// <summary>What the next pass of a <see cref="ScriptedJob"/> does.</summary>
internal sealed class JobScript
{
    public Func<OrganisationScope, CancellationToken, Task> Pass { get; set; } = (_, _) => Task.CompletedTask;
}

/// <summary>A job whose passes a test writes.</summary>
internal sealed class ScriptedJob(JobScript script, OrganisationScope scope) : IJob
{
    public Task RunAsync(CancellationToken cancellation) => script.Pass(scope, cancellation);
}
