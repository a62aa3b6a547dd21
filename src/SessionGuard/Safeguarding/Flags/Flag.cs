using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.Rules;

namespace SessionGuard.Safeguarding.Flags;

internal enum FlagStatus
{
    /// <summary>Unsure: the teacher may explain it first, until <see cref="Flag.TeacherUntil"/>. Low: it is the teacher's alone.</summary>
    WithTeacher,

    /// <summary>Waits for the lead.</summary>
    Open,

    /// <summary>The teacher has explained it; the lead still decides.</summary>
    Explained,

    /// <summary>The lead accepts it for this class until a date.</summary>
    Accepted,

    /// <summary>The lead found nothing in it.</summary>
    Dismissed,

    /// <summary>The lead made a concern of it.</summary>
    Concern,

    /// <summary>Dealt with, or the evidence changed and nothing is left of it.</summary>
    Closed,
}

/// <summary>A safeguard that was missed in one session. There is one per rule and session, whatever else is heard.</summary>
internal sealed class Flag : IOwned, IVersioned
{
    /// <summary>Whoever has it, nobody has decided on it yet.</summary>
    public static readonly IReadOnlyList<FlagStatus> Undecided = [FlagStatus.WithTeacher, FlagStatus.Open, FlagStatus.Explained];

    /// <summary>The lead is to decide.</summary>
    public static readonly IReadOnlyList<FlagStatus> WithLead = [FlagStatus.Open, FlagStatus.Explained];

    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid SessionId { get; init; }

    public required string Rule { get; init; }

    public required Severity Severity { get; set; }

    public required Certainty Certainty { get; set; }

    public required FlagStatus Status { get; set; }

    /// <summary>One sentence, without anybody's name: what was missed.</summary>
    public required string Summary { get; set; }

    public required DateTimeOffset RaisedAt { get; set; }

    /// <summary>Until when only the teacher is asked; null when the lead was told at once, or never is.</summary>
    public DateTimeOffset? TeacherUntil { get; set; }

    /// <summary>The teacher's one line.</summary>
    [Personal]
    public string? Explanation { get; set; }

    public DateTimeOffset? ExplainedAt { get; set; }

    /// <summary>A word of the list of reasons; see <see cref="CloseReason"/>. Null while it is open.</summary>
    public CloseReason? Reason { get; set; }

    /// <summary>The lead's own words.</summary>
    [Personal]
    public string? Note { get; set; }

    /// <summary>The account that decided; null when the evidence itself did.</summary>
    public Guid? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>The last day of an acceptance for the class.</summary>
    public DateOnly? AcceptedUntil { get; set; }

    public long Version { get; set; }

    /// <summary>True when a person decided on it: the same finding does not open it again.</summary>
    public bool IsDecided => !IsOpen && Reason is not CloseReason.EvidenceChanged;

    public bool IsOpen => Undecided.Contains(Status);
}

internal enum CloseReason
{
    /// <summary>It did not happen: a wrong match, a late event, a mistake of ours.</summary>
    WrongAlarm,

    /// <summary>It happened, and there was a good reason for it.</summary>
    GoodReason,

    /// <summary>Talked over with the teacher or the family, and settled.</summary>
    TalkedOver,

    /// <summary>Put right since.</summary>
    PutRight,

    /// <summary>The lead accepts it for this class until a date.</summary>
    AcceptedForClass,

    /// <summary>Taken further as a concern.</summary>
    BecameConcern,

    /// <summary>Nobody decided: new evidence took its ground away.</summary>
    EvidenceChanged,
}

internal sealed class FlagConfiguration : IEntityTypeConfiguration<Flag>
{
    public void Configure(EntityTypeBuilder<Flag> builder)
    {
        builder.ToTable("flags");
        builder.Property(f => f.Rule).HasMaxLength(40);
        builder.HasIndex(f => new { f.SessionId, f.Rule }).IsUnique();
        builder.HasIndex(f => new { f.OrganisationId, f.Status, f.RaisedAt, f.Id });
        builder.HasIndex(f => f.TeacherUntil).HasFilter("status = 'WithTeacher'");
        builder.HasOne<Session>().WithMany().HasForeignKey(f => f.SessionId).OnDelete(DeleteBehavior.Restrict);
    }
}
