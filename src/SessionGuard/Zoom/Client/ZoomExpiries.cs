using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Retention;

namespace SessionGuard.Zoom.Client;

internal sealed class BudgetRetentionOptions
{
    /// <summary>Counters of the jobs, such as a day's changes in Zoom. 2 days to 100 years; default 30 days.</summary>
    [Range(typeof(TimeSpan), "2.00:00:00", KeepFor.AtMost)]
    public TimeSpan JobRecords { get; init; } = TimeSpan.FromDays(30);
}

internal sealed class ZoomExpiries(IOptions<BudgetRetentionOptions> keep) : IExpirySource
{
    public IEnumerable<Expiry> Expiries { get; } =
    [
        new Expiry<HostBudget>(
            "counters of changes", ExpiryStage.Passing, 400, keep.Value.JobRecords, shelf => shelf.Rows<HostBudget>().Where(b => b.Day < shelf.Day), areFew: true),
    ];
}
