using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Classes.Sessions;

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
internal sealed class Session : IOwned, IVersioned, ILeased
{
    public static readonly LeasedRows<Session> ToJudge = new(s => s.JudgeLeasedUntil) { Due = s => s.JudgeDueAt, MovesDue = true };

    public static readonly LeasedRows<Session> ToFillIn = new(s => s.BackfillLeasedUntil) { Due = s => s.BackfillDueAt };

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

    /// <summary>When its rules are run next; null when nothing can change any more. New evidence brings it forward.</summary>
    public DateTimeOffset? JudgeDueAt { get; set; }

    /// <summary>Until when a pass is judging it; null when none is.</summary>
    public DateTimeOffset? JudgeLeasedUntil { get; set; }

    /// <summary>When Zoom's own report of it is fetched next; null before the end and after the last time.</summary>
    public DateTimeOffset? BackfillDueAt { get; set; }

    public DateTimeOffset? BackfillLeasedUntil { get; set; }

    /// <summary>When it is worked out next who is asked about it; null when that is done.</summary>
    public DateTimeOffset? AsksDueAt { get; set; }

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
        builder.HasIndex(s => new { s.SeriesId, s.Start });
        builder.HasIndex(s => s.JudgeDueAt).HasFilter("judge_due_at IS NOT NULL");
        builder.HasIndex(s => s.BackfillDueAt).HasFilter("backfill_due_at IS NOT NULL");
        builder.HasIndex(s => s.AsksDueAt).HasFilter("asks_due_at IS NOT NULL");
        builder.HasMany<RuleRecord>().WithOne().HasForeignKey(r => r.SessionId);
        builder.HasOne<Meeting>().WithMany().HasForeignKey(s => s.MeetingId).OnDelete(DeleteBehavior.Restrict);
    }
}
