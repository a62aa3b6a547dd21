using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SessionGuard.Platform.Jobs;

/// <summary>How a job's last pass went, on whichever node it ran. One row a job; it belongs to the service, not to a school.</summary>
internal sealed class JobState
{
    /// <summary>The job's class name without its suffix, such as <c>ProcessInbox</c>.</summary>
    public required string Name { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Null while the first pass runs; then the exception's type, or empty when the pass went well.</summary>
    public string? Error { get; set; }

    public int FailuresInARow { get; set; }

    public string? Node { get; set; }
}

internal sealed class JobStateConfiguration : IEntityTypeConfiguration<JobState>
{
    public void Configure(EntityTypeBuilder<JobState> builder)
    {
        builder.ToTable("job_states");
        builder.HasKey(s => s.Name);
    }
}
