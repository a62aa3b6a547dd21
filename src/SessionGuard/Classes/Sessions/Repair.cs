using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.Rules;

namespace SessionGuard.Classes.Sessions;

internal enum RepairOutcome
{
    /// <summary>Asked of Zoom; not yet read back. A crash leaves it so, and the next check judges it.</summary>
    Asked,

    /// <summary>Read back and found in place.</summary>
    Held,

    /// <summary>Zoom said yes and did not do it, or said no.</summary>
    NotTaken,

    /// <summary>Zoom was not asked after all: the day's changes were used up, or Zoom asked us to wait.</summary>
    Postponed,

    /// <summary>It held, and somebody set it back by hand afterwards.</summary>
    SetBack,
}

/// <summary>One setting that we changed in Zoom, and why.</summary>
internal sealed class Repair : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid MeetingId { get; init; }

    public required RepairableField Field { get; init; }

    /// <summary>The setting in words: <c>none</c>, <c>set</c>, <c>on</c>, <c>off</c>.</summary>
    public required string Before { get; init; }

    public required string After { get; init; }

    /// <summary>The rule that asked for it.</summary>
    public required string Rule { get; init; }

    public required DateTimeOffset At { get; init; }

    public required RepairOutcome Outcome { get; set; }

    public DateTimeOffset? JudgedAt { get; set; }
}

internal sealed class RepairConfiguration : IEntityTypeConfiguration<Repair>
{
    public void Configure(EntityTypeBuilder<Repair> builder)
    {
        builder.ToTable("repairs");
        builder.HasIndex(r => new { r.MeetingId, r.At });
        builder.HasOne<Meeting>().WithMany().HasForeignKey(r => r.MeetingId).OnDelete(DeleteBehavior.Restrict);
    }
}
