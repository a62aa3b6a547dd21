using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.Rules;

namespace SessionGuard.Classes.Sessions;

/// <summary>One run of a meeting. A restart after a dropped line is another instance of the same session.</summary>
internal sealed class MeetingInstance : IOwned, IVersioned
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid MeetingId { get; init; }

    /// <summary>Zoom's instance id: 24 characters of base64, which may start with a slash.</summary>
    public required string Uuid { get; init; }

    /// <summary>Null while only its end, or only its participants, were heard of.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The earliest instant at which anything is known to have happened in it.</summary>
    public required DateTimeOffset FirstHeardAt { get; set; }

    public Guid? SessionId { get; set; }

    /// <summary>What came of holding Zoom's own report against what Zoom told while it ran.</summary>
    public ReportState Report { get; set; }

    /// <summary>How often in a row Zoom did not give the report.</summary>
    public int ReportFailures { get; set; }

    public long Version { get; set; }
}

internal sealed class MeetingInstanceConfiguration : IEntityTypeConfiguration<MeetingInstance>
{
    public void Configure(EntityTypeBuilder<MeetingInstance> builder)
    {
        builder.ToTable("meeting_instances");
        builder.HasIndex(i => new { i.OrganisationId, i.Uuid }).IsUnique();
        builder.HasIndex(i => i.SessionId);
        builder.HasIndex(i => i.MeetingId);
        builder.HasOne<Meeting>().WithMany().HasForeignKey(i => i.MeetingId).OnDelete(DeleteBehavior.Restrict);
    }
}
