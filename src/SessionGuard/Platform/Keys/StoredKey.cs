using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SessionGuard.Platform.Keys;

/// <summary>One element of ASP.NET Core's key ring, sealed under the master key. It belongs to the service, not to a school.</summary>
internal sealed class StoredKey
{
    public required Guid Id { get; init; }

    public required string Xml { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class StoredKeyConfiguration : IEntityTypeConfiguration<StoredKey>
{
    public void Configure(EntityTypeBuilder<StoredKey> builder) => builder.ToTable("stored_keys");
}
