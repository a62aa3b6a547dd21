using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.Rules;

namespace SessionGuard.Safeguarding.Presence;

/// <summary>A person decided who a name or a Zoom account on screen is. It holds for the class from then on, until decided anew.</summary>
internal sealed class RememberedMatch : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid SeriesId { get; init; }

    /// <summary>What was seen; see <see cref="ScreenIdentity"/>. A hash, so that it names nobody.</summary>
    public required string ScreenKey { get; init; }

    /// <summary>The seat that it is; null: none of ours, let in knowingly as <see cref="Kind"/>.</summary>
    public Guid? SeatId { get; init; }

    public required SeatKind Kind { get; init; }

    /// <summary>The account of the teacher who decided.</summary>
    public required Guid DecidedBy { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }
}

internal sealed class RememberedMatchConfiguration : IEntityTypeConfiguration<RememberedMatch>
{
    public void Configure(EntityTypeBuilder<RememberedMatch> builder)
    {
        builder.ToTable("remembered_matches");
        builder.Property(m => m.ScreenKey).HasMaxLength(64);
        builder.HasIndex(m => new { m.SeriesId, m.ScreenKey, m.DecidedAt });
    }
}
