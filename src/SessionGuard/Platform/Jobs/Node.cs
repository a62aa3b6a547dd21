using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SessionGuard.Platform.Jobs;

/// <param name="Job">As <see cref="ScheduledJob.Name"/>.</param>
internal sealed record PassUnderWay(string Job, DateTimeOffset Since);

/// <summary>
/// One running process of this service and its last sign of life. It takes its row away when it is stopped; the row of one that died
/// stays for a day, so that people see it.
/// </summary>
internal sealed class Node
{
    /// <summary>Made anew at each start: a process that comes back is another one.</summary>
    public required Guid Id { get; init; }

    /// <summary>The machine and the process on it.</summary>
    public required string Name { get; init; }

    public required string Version { get; init; }

    public required bool TakesDeliveries { get; init; }

    public required bool RunsJobs { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset SeenAt { get; set; }

    /// <summary>As they were at the last sign of life.</summary>
    public IReadOnlyList<PassUnderWay> Passes { get; set; } = [];
}

internal sealed class NodeConfiguration : IEntityTypeConfiguration<Node>
{
    public void Configure(EntityTypeBuilder<Node> builder)
    {
        builder.ToTable("nodes");
        builder.Property(n => n.Name).HasMaxLength(120);
        builder.Property(n => n.Version).HasMaxLength(80);
        builder.Property(n => n.Passes).HasConversion(
            passes => JsonSerializer.Serialize(passes, JsonSerializerOptions.Default),
            text => JsonSerializer.Deserialize<List<PassUnderWay>>(text, JsonSerializerOptions.Default) ?? new List<PassUnderWay>(),
            ValueComparer.CreateDefault<IReadOnlyList<PassUnderWay>>(favorStructuralComparisons: false));
    }
}
