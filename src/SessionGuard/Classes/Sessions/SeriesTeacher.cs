using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Classes.Sessions;

/// <summary>That an account teaches a class, beside whoever hosts its meeting in Zoom.</summary>
internal sealed class SeriesTeacher : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid SeriesId { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>The one whom families are told of; the others are co-teachers.</summary>
    public required bool IsMain { get; set; }
}

internal sealed class SeriesTeacherConfiguration : IEntityTypeConfiguration<SeriesTeacher>
{
    public void Configure(EntityTypeBuilder<SeriesTeacher> builder)
    {
        builder.ToTable("series_teachers");
        builder.HasIndex(t => new { t.SeriesId, t.AccountId }).IsUnique();
        builder.HasIndex(t => t.AccountId);
        builder.HasOne<ClassSeries>().WithMany().HasForeignKey(t => t.SeriesId).OnDelete(DeleteBehavior.Cascade);
    }
}
