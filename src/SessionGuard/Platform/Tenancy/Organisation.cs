using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SessionGuard.Platform.Tenancy;

/// <summary>One school. Nothing of it is ever visible to another.</summary>
internal sealed class Organisation
{
    public required Guid Id { get; init; }

    /// <summary>The school's word in addresses: lower-case letters, digits and hyphens.</summary>
    public required string Slug { get; init; }

    public required string Name { get; set; }

    /// <summary>IANA name, such as <c>Europe/London</c>. Instants are stored in UTC; the zone is used at the edge only.</summary>
    public required string TimeZone { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is next looked whether anything waits for the lead: a morning of the school's own. Null: that is still to be planned.</summary>
    public DateTimeOffset? DigestDueAt { get; set; }
}

internal sealed class OrganisationConfiguration : IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Organisation> builder)
    {
        builder.ToTable("organisations");
        builder.Property(o => o.Slug).HasMaxLength(40);
        builder.HasIndex(o => o.Slug).IsUnique();
    }
}
