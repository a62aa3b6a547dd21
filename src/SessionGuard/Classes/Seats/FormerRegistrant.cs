using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Classes.Seats;

/// <summary>
/// An id that a seat had in Zoom before its link was replaced. The classes that somebody came to by the old link were still that seat's.
/// </summary>
internal sealed class FormerRegistrant : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid SeatId { get; init; }

    /// <summary>Zoom's <c>registrant_id</c>.</summary>
    public required string RegistrantId { get; init; }

    public required DateTimeOffset EndedAt { get; init; }
}

internal sealed class FormerRegistrantConfiguration : IEntityTypeConfiguration<FormerRegistrant>
{
    public void Configure(EntityTypeBuilder<FormerRegistrant> builder)
    {
        builder.ToTable("former_registrants");
        builder.Property(f => f.RegistrantId).HasMaxLength(64);
        builder.HasIndex(f => new { f.SeatId, f.RegistrantId }).IsUnique();
        builder.HasOne<Seat>().WithMany().HasForeignKey(f => f.SeatId).OnDelete(DeleteBehavior.Cascade);
    }
}
