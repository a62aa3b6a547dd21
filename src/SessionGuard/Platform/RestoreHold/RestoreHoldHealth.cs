using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SessionGuard.Platform.RestoreHold;

/// <summary>A held instance still answers families and stores deliveries, so it is ready, and says what it does not do.</summary>
internal sealed class RestoreHoldHealth(RestoreHoldGate gate) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await gate.IsHeldAsync(cancellationToken) ? HealthCheckResult.Degraded(RestoreHoldGate.HeldSentence) : HealthCheckResult.Healthy();
}
