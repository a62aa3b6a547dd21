using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Http;

/// <summary>Can the records be reached, and is their schema the one this build needs?</summary>
internal sealed class StorageHealth(SessionGuardDb db) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var pending = await db.Database.GetPendingMigrationsAsync(limit.Token);
            return pending.Any()
                ? HealthCheckResult.Unhealthy("The database has an older schema than this version needs: run the verb migrate.")
                : HealthCheckResult.Healthy("The database answers and its schema is current.");
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException
            || failure is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // What failed may name hosts and users: the log of the database's own folder has it.
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }
    }
}

/// <summary>The three addresses that machines look at.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Ok(new HealthAnswer("alive", []))).ExcludeFromDescription();
        routes.MapGet("/health/ready", ReadyAsync).ExcludeFromDescription();
        routes.MapMetrics();
    }

    private static async Task<IResult> ReadyAsync(HealthCheckService checks, CancellationToken cancellation)
    {
        var report = await checks.CheckHealthAsync(cancellation);
        var reasons = report.Entries.Values.Where(e => e.Status is not HealthStatus.Healthy)
            .Select(e => e.Description ?? "A part of the service is not ready.").ToArray();
        return report.Status is not HealthStatus.Unhealthy
            ? TypedResults.Ok(new HealthAnswer("ready", reasons))
            : TypedResults.Json(new HealthAnswer("not ready", reasons), statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private sealed record HealthAnswer(string Status, IReadOnlyList<string> Reasons);
}
