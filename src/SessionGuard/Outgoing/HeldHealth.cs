using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SessionGuard.Outgoing;

/// <summary>A held instance still answers families and stores deliveries, so it is ready, and says what it does not do.</summary>
internal sealed class HeldHealth(OutgoingGate gate) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await gate.IsHeldAsync(cancellationToken) ? HealthCheckResult.Degraded(OutgoingGate.HeldSentence) : HealthCheckResult.Healthy();
}
