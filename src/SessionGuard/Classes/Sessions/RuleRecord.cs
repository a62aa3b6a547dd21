using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.Rules;

namespace SessionGuard.Classes.Sessions;

/// <summary>What a rule last said about a session.</summary>
internal sealed class RuleRecord : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid SessionId { get; init; }

    /// <summary>The rule's id. One that this version does not know is kept, and not shown.</summary>
    public required string Rule { get; init; }

    public required RuleResult Result { get; set; }

    public required Certainty Certainty { get; set; }

    /// <summary>How grave the last judging found this case; null before the first.</summary>
    public Severity? Severity { get; set; }

    /// <summary>One sentence, without anybody's name.</summary>
    public required string Why { get; set; }

    public required DateTimeOffset JudgedAt { get; set; }

    /// <summary>Since when the rule has had this result.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>How grave it is in this case; in general, where the case has not been judged.</summary>
    public Severity SeverityBy(Rule rule) => Severity ?? rule.Severity;
}

internal sealed class RuleRecordConfiguration : IEntityTypeConfiguration<RuleRecord>
{
    public void Configure(EntityTypeBuilder<RuleRecord> builder)
    {
        builder.ToTable("rule_records");
        builder.Property(r => r.Rule).HasMaxLength(40);
        builder.HasIndex(r => new { r.SessionId, r.Rule }).IsUnique();
    }
}
