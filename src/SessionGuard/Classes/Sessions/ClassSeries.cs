using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.Rules;

namespace SessionGuard.Classes.Sessions;

internal enum SeriesOrigin
{
    /// <summary>Planned in SessionGuard.</summary>
    Planned,

    /// <summary>Found in Zoom. Until the teacher says which class it is, it counts as a children's class.</summary>
    Adopted,
}

/// <summary>A class that is taught, once or every week.</summary>
internal sealed class ClassSeries : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>What the school calls it; null until somebody has said, and the meeting's topic stands in.</summary>
    [Personal]
    public string? Name { get; set; }

    public required SeriesOrigin Origin { get; init; }

    /// <summary>The school's own word for the class, by which an import finds it again; null when it has none.</summary>
    public string? Reference { get; set; }

    /// <summary>SHA-256 of the code in the families' address. The code itself is made anew from the link key when it is needed.</summary>
    public required byte[] JoinCodeHash { get; set; }

    /// <summary>Steps when a new address is needed because the old one was passed on.</summary>
    public int JoinCodeVersion { get; set; } = 1;

    /// <summary>What is asked of the children's adults.</summary>
    public PresenceMode PresenceMode { get; set; } = PresenceMode.InRoom;

    /// <summary>True: nobody is led on to Zoom before an adult has said that they are there.</summary>
    public bool Gate { get; set; }

    /// <summary>How many children it is planned for; null when nobody has said.</summary>
    public int? PlannedSize { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class ClassSeriesConfiguration : IEntityTypeConfiguration<ClassSeries>
{
    public void Configure(EntityTypeBuilder<ClassSeries> builder)
    {
        builder.ToTable("class_series");
        builder.Property(s => s.Reference).HasMaxLength(64);
        builder.HasIndex(s => s.JoinCodeHash).IsUnique();
        builder.HasIndex(s => new { s.OrganisationId, s.Reference }).IsUnique();
    }
}
