using Microsoft.Extensions.Diagnostics.HealthChecks;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Zoom.Webhooks.Endpoint;

/// <summary>Were the last deliveries stored? A database may answer every question and yet have no room for a row.</summary>
internal sealed class InboxHealth(InboxWriter inbox, TimeProvider clock) : IHealthCheck
{
    /// <summary>
    /// How long a failure counts. Where nobody sends to a node that is not ready, nothing would show that it is ready again: so it says so
    /// after a while, and the next delivery is the test.
    /// </summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(inbox.LastFailure is { } last && clock.GetUtcNow() - last.At < Fresh
            ? HealthCheckResult.Unhealthy(DatabaseFault.IsDiskFull(last.Failure)
                ? "The database's disk is full: deliveries cannot be stored. Once there is room they are, without a restart."
                : "The last deliveries could not be stored.")
            : HealthCheckResult.Healthy("The last deliveries were stored."));
}
