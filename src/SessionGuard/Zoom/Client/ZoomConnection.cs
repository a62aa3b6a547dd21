using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Zoom.Client;

/// <summary>An organisation's Server-to-Server OAuth app. Secrets are stored as <see cref="Platform.Security.SecretBox"/> sealed them.</summary>
internal sealed class ZoomConnection : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string AccountId { get; set; }

    public required string ClientId { get; set; }

    [Sealed]
    public required string SealedClientSecret { get; set; }

    [Sealed]
    public required string SealedWebhookSecret { get; set; }

    /// <summary>The secret before a rotation; deliveries signed with it are still taken. Null: no rotation is under way.</summary>
    [Sealed]
    public string? SealedPreviousWebhookSecret { get; set; }
}

internal sealed class ZoomConnectionConfiguration : IEntityTypeConfiguration<ZoomConnection>
{
    public void Configure(EntityTypeBuilder<ZoomConnection> builder)
    {
        builder.ToTable("zoom_connections");
        builder.HasIndex(c => c.OrganisationId).IsUnique();
        builder.HasOne<Organisation>().WithMany().HasForeignKey(c => c.OrganisationId);
    }
}
