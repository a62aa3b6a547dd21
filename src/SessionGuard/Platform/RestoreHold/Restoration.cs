using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SessionGuard.Platform.RestoreHold;

/// <summary>
/// That this database came out of a backup. Until an operator confirms that the one it was taken of is gone, nothing may leave the
/// house: two services would otherwise write to the same families and change the same meetings. It belongs to the service, not to a school.
/// </summary>
internal sealed class Restoration
{
    public required Guid Id { get; init; }

    public required DateTimeOffset RestoredAt { get; init; }

    /// <summary>Null while the instance is held.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }
}

internal sealed class RestorationConfiguration : IEntityTypeConfiguration<Restoration>
{
    public void Configure(EntityTypeBuilder<Restoration> builder) => builder.ToTable("restorations");
}
