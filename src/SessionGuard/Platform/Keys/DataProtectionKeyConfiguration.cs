using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SessionGuard.Platform.Keys;

/// <summary>
/// An element of ASP.NET Core's key ring, a class of the framework's. Its key is sealed by <see cref="KeyRingEncryptor"/>. It belongs to the
/// service, not to a school.
/// </summary>
internal sealed class DataProtectionKeyConfiguration : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> builder)
    {
        builder.ToTable("data_protection_keys");
        builder.Property(k => k.Xml).IsRequired();
    }
}
