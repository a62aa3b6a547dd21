using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Platform.Retention;

/// <summary>Stops all deletion for one thing, or for a whole school, for as long as somebody may still ask for what is there.</summary>
internal sealed class RetentionHold : IOwned
{
    public const int LongestReason = 500;

    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>What is held. The feature whose row it is says what it is, and which column keeps it. Null: everything of the school.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>The operator's own words; it may name a person, so it stands here and not in the ledger.</summary>
    [Personal]
    public required string Reason { get; init; }

    /// <summary>
    /// Deliveries that came from here to <see cref="DeliveriesUntil"/> stay too: what a stored delivery is about is known only once it is
    /// read, so what is held keeps all that came around it.
    /// </summary>
    public DateTimeOffset? DeliveriesFrom { get; init; }

    public DateTimeOffset? DeliveriesUntil { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>Null while it stands.</summary>
    public DateTimeOffset? LiftedAt { get; set; }
}

internal sealed class RetentionHoldConfiguration : IEntityTypeConfiguration<RetentionHold>
{
    public void Configure(EntityTypeBuilder<RetentionHold> builder)
    {
        builder.ToTable("retention_holds");
        builder.Property(h => h.Reason).HasMaxLength(RetentionHold.LongestReason);
    }
}
