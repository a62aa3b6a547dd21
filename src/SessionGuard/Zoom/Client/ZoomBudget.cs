using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Zoom.Client;

internal enum BudgetUse
{
    /// <summary>Leaves the last <see cref="ZoomBudget.KeptForUrgent"/> of the day alone.</summary>
    Routine,

    /// <summary>A class begins within the hour: may take the last one.</summary>
    Urgent,
}

/// <summary>
/// Counts the creates and updates of a host's meetings. Zoom takes 100 for each host and UTC day and refuses the rest, whoever asks.
/// </summary>
/// <remarks>developers.zoom.us, "Rate limits", per-user limits of the meeting API.</remarks>
internal sealed class ZoomBudget(IServiceScopeFactory scopes, TimeProvider clock)
{
    public const int PerDay = 100;

    public const int KeptForUrgent = 20;

    /// <summary>Takes one from today's budget, for good: Zoom counts a request that failed too.</summary>
    /// <returns>False when none is left for this use.</returns>
    public async Task<bool> TrySpendAsync(Guid organisationId, BudgetClaim claim, CancellationToken cancellation)
    {
        var limit = claim.Use switch
        {
            BudgetUse.Routine => PerDay - KeptForUrgent,
            BudgetUse.Urgent => PerDay,
        };
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        await using var scope = scopes.CreateServiceScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();

        // One statement that both engines know: it alone decides between two that want the last one.
        var taken = await db.InTransactionAsync(
            () => db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO host_budgets (organisation_id, host_zoom_id, day, used) VALUES ({organisationId}, {claim.HostId}, {today}, 1)
                ON CONFLICT (organisation_id, host_zoom_id, day) DO UPDATE SET used = host_budgets.used + 1 WHERE host_budgets.used < {limit}
                """,
                cancellation),
            cancellation);
        return taken == 1;
    }
}
