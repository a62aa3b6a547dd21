using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Classes.Sessions;

/// <summary>A Zoom user who hosts meetings: the teacher as Zoom knows them.</summary>
internal sealed class ZoomHost : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string ZoomId { get; init; }

    /// <summary>Null until Zoom has told it.</summary>
    [Personal]
    public string? Email { get; set; }

    [Personal]
    public string? Name { get; set; }

    /// <summary>The staff account with the same address; null when there is none.</summary>
    public Guid? AccountId { get; set; }
}

internal sealed class ZoomHostConfiguration : IEntityTypeConfiguration<ZoomHost>
{
    public void Configure(EntityTypeBuilder<ZoomHost> builder)
    {
        builder.ToTable("hosts");
        builder.HasIndex(h => new { h.OrganisationId, h.ZoomId }).IsUnique();
        builder.HasIndex(h => new { h.OrganisationId, h.AccountId });
    }
}
