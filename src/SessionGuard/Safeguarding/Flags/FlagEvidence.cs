using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.Rules;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>What the rule said when, and what people did about it. Only ever added to; the same sentence twice running is added once.</summary>
internal sealed class FlagEvidence : IOwned
{
    public const string OfRule = "rule";
    public const string OfClearing = "cleared";
    public const string OfTeacher = "teacher";
    public const string OfLead = "lead";
    public const string OfService = "service";

    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid FlagId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>A word: <c>rule</c>, <c>cleared</c>, <c>teacher</c>, <c>lead</c> or <c>service</c>.</summary>
    public required string Source { get; init; }

    /// <summary>What the rule said; null for what people did.</summary>
    public RuleResult? Result { get; init; }

    [Personal]
    public required string Text { get; init; }
}

internal sealed class FlagEvidenceConfiguration : IEntityTypeConfiguration<FlagEvidence>
{
    public void Configure(EntityTypeBuilder<FlagEvidence> builder)
    {
        builder.ToTable("flag_evidence");
        builder.Property(e => e.Source).HasMaxLength(16);
        builder.HasIndex(e => new { e.FlagId, e.At });
        builder.HasOne<Flag>().WithMany().HasForeignKey(e => e.FlagId).OnDelete(DeleteBehavior.Cascade);
    }
}
