using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.School.Staff;

/// <summary>What a member of staff may do. One account has one role in one organisation.</summary>
internal enum Role
{
    Teacher,
    Lead,
    Deputy,
    Admin,
}

/// <summary>
/// A member of staff who signs in. The user name is the id: one person may work for two schools under one address,
/// with an account in each.
/// </summary>
internal sealed class Account : IdentityUser<Guid>, IOwned
{
    public required Guid OrganisationId { get; init; }

    public required Role Role { get; set; }

    [Personal]
    public required string DisplayName { get; set; }

    [Personal]
    public override string? Email { get; set; }

    /// <summary>Worked out, and no column: an account is found by <see cref="EmailIndex"/>.</summary>
    public override string? NormalizedEmail { get => Email is null ? null : StaffAccounts.Normalize(Email); set { } }

    [BlindIndex(BlindIndex.MailAddress, nameof(Email))]
    public string? EmailIndex { get; private set; }

    /// <summary>Nobody is asked for it; the library brings the column.</summary>
    [Personal]
    public override string? PhoneNumber { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the account was closed; null while it may sign in.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
}

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    /// <summary>The length that Identity's own model gives its texts.</summary>
    private const int LongestText = 256;

    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("accounts");
        builder.HasKey(a => a.Id);
        builder.Ignore(a => a.NormalizedEmail);
        builder.Property(a => a.UserName).HasMaxLength(LongestText);
        builder.Property(a => a.NormalizedUserName).HasMaxLength(LongestText);
        builder.Property(a => a.ConcurrencyStamp).IsConcurrencyToken();
        builder.Property(a => a.EmailIndex).HasMaxLength(32);
        builder.HasIndex(a => a.NormalizedUserName).IsUnique();
        builder.HasIndex(a => new { a.OrganisationId, a.EmailIndex }).IsUnique();
    }
}
