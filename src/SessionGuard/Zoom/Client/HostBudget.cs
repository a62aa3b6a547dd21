using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Zoom.Client;

/// <summary>How many of Zoom's 100 creates and updates a host's meetings have used on one UTC day.</summary>
internal sealed class HostBudget : IOwned
{
    public required Guid OrganisationId { get; init; }

    public required string HostZoomId { get; init; }

    public required DateOnly Day { get; init; }

    public required int Used { get; set; }
}

internal sealed class HostBudgetConfiguration : IEntityTypeConfiguration<HostBudget>
{
    public void Configure(EntityTypeBuilder<HostBudget> builder)
    {
        builder.ToTable("host_budgets");
        builder.HasKey(b => new { b.OrganisationId, b.HostZoomId, b.Day });
    }
}
