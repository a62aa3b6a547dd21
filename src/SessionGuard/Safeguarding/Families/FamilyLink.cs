using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.School.People;

namespace SessionGuard.Safeguarding.Families;

internal enum LinkPurpose
{
    /// <summary><c>/c/{code}</c>: answers for one session.</summary>
    Confirm,

    /// <summary><c>/j/{code}</c>: joins every session of one class.</summary>
    Join,

    /// <summary><c>/u/{code}</c>: stops reminders, and starts them again.</summary>
    Reminders,
}

/// <summary>
/// One carer's own address for one thing, or an adult student's. The code in it is made from a key outside the database and this row's id, so it can be
/// written into a later mail although only its SHA-256 is stored.
/// </summary>
internal sealed class FamilyLink : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required LinkPurpose Purpose { get; init; }

    /// <summary>Whose it is: a carer, or for joining and reminders an adult student.</summary>
    public required Guid CarerId { get; init; }

    /// <summary>Only for <see cref="LinkPurpose.Confirm"/>.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>Only for <see cref="LinkPurpose.Join"/>.</summary>
    public Guid? SeriesId { get; init; }

    public required byte[] CodeHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The newest mail that carried it; null when none did. A machine's press comes right after a mail.</summary>
    public Guid? MailId { get; set; }

    /// <summary>Since when it opens nothing: somebody said "not me", or the carer was removed. A newer link may take its place.</summary>
    public DateTimeOffset? CancelledAt { get; set; }
}

internal sealed class FamilyLinkConfiguration : IEntityTypeConfiguration<FamilyLink>
{
    public void Configure(EntityTypeBuilder<FamilyLink> builder)
    {
        builder.ToTable("family_links");
        builder.HasIndex(l => l.CodeHash).IsUnique();
        builder.HasIndex(l => new { l.CarerId, l.Purpose });
        builder.HasIndex(l => l.SessionId);
        builder.HasOne<Person>().WithMany().HasForeignKey(l => l.CarerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Session>().WithMany().HasForeignKey(l => l.SessionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<ClassSeries>().WithMany().HasForeignKey(l => l.SeriesId).OnDelete(DeleteBehavior.Restrict);
    }
}
