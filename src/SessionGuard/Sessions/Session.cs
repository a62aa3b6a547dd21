using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Safeguards;
using SessionGuard.Storage;

namespace SessionGuard.Sessions;

internal enum SessionStatus
{
    Scheduled,
    Live,
    Ended,
    Cancelled,

    /// <summary>Its evidence has a hole: it may have been fine, and we cannot say so.</summary>
    Unverified,
}

/// <summary>One taught class: one occurrence of a meeting, with every Zoom instance that belongs to it.</summary>
internal sealed class Session : IOwned, IVersioned
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid MeetingId { get; init; }

    public required Guid SeriesId { get; init; }

    /// <summary>What makes it the same session when evidence repeats; see <see cref="SessionPlan"/>.</summary>
    public required string OccurrenceKey { get; init; }

    [Personal]
    public required string Topic { get; set; }

    public required DateTimeOffset Start { get; set; }

    public required DateTimeOffset End { get; set; }

    /// <summary>False for a run of a meeting that stands in no schedule.</summary>
    public required bool Planned { get; init; }

    /// <summary>True once Zoom deleted this one date.</summary>
    public bool CalledOff { get; set; }

    /// <summary>Steps when the start moves by more than 15 minutes or the teacher changes. A family's answer belongs to one version.</summary>
    public int TimeVersion { get; set; } = 1;

    public required SessionStatus Status { get; set; }

    public long Version { get; set; }
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions");
        builder.Property(s => s.OccurrenceKey).HasMaxLength(80);
        builder.HasIndex(s => new { s.MeetingId, s.OccurrenceKey }).IsUnique();
        builder.HasIndex(s => new { s.OrganisationId, s.Start, s.Id });
        builder.HasMany<RuleRecord>().WithOne().HasForeignKey(r => r.SessionId);
        builder.HasOne<Meeting>().WithMany().HasForeignKey(s => s.MeetingId).OnDelete(DeleteBehavior.Restrict);
    }
}
