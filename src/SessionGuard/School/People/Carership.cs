using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.School.People;

/// <summary>That an adult answers for a child. Carers of one child never see each other.</summary>
internal sealed class Carership : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid CarerId { get; init; }

    public required Guid ChildId { get; init; }

    /// <summary>Whom the school asks first.</summary>
    public required bool IsPrimary { get; set; }

    /// <summary>Mail and calls go to the other carers only.</summary>
    public bool DoNotContact { get; set; }

    /// <summary>May not answer for the child. Seen by the lead alone.</summary>
    public bool NotAuthorised { get; set; }
}

internal sealed class CarershipConfiguration : IEntityTypeConfiguration<Carership>
{
    public void Configure(EntityTypeBuilder<Carership> builder)
    {
        builder.ToTable("carerships");
        builder.HasIndex(c => new { c.ChildId, c.CarerId }).IsUnique();
        builder.HasIndex(c => c.CarerId);
        builder.HasOne<Person>().WithMany().HasForeignKey(c => c.CarerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(c => c.ChildId).OnDelete(DeleteBehavior.Restrict);
    }
}
