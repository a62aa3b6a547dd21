using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Storage;

namespace SessionGuard.Accounts;

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

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the account was closed; null while it may sign in.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
}

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("accounts");
        builder.HasIndex(a => new { a.OrganisationId, a.NormalizedEmail }).IsUnique();
    }
}
