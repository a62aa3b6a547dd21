using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Platform.Retention;

/// <summary>Stops all deletion for one session, or for a whole school, for as long as somebody may still ask for what is there.</summary>
internal sealed class RetentionHold : IOwned
{
    public const int LongestReason = 500;

    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>Null: everything of the school is held.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>The operator's own words; it may name a person, so it stands here and not in the ledger.</summary>
    [Personal]
    public required string Reason { get; init; }

    /// <summary>
    /// Deliveries that came from here to <see cref="DeliveriesUntil"/> stay too: which session a stored delivery is about is known only
    /// once it is read, so a held session keeps all that came around it.
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
        builder.HasIndex(h => new { h.OrganisationId, h.SessionId });
        builder.HasOne<Session>().WithMany().HasForeignKey(h => h.SessionId).OnDelete(DeleteBehavior.Restrict);
    }
}
