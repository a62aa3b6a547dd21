using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.School.Staff;

/// <summary>A duty of the policy that one named person holds.</summary>
internal enum Duty
{
    Lead,
    Deputy,
    OutsideContact,
    OnlinePresence,
}

internal static class DutyWords
{
    /// <summary>What the school calls whoever holds it, in the middle of a sentence.</summary>
    public static string Title(this Duty duty) => duty switch
    {
        Duty.Lead => "safeguarding lead",
        Duty.Deputy => "deputy safeguarding lead",
        Duty.OutsideContact => "outside safeguarding contact",
        Duty.OnlinePresence => "online presence manager",
    };
}

/// <summary>Who holds a <see cref="Duty"/>, from when to when. A successor is a new row.</summary>
internal sealed class RoleHolder : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Duty Duty { get; init; }

    [Personal]
    public required string Name { get; set; }

    [Personal]
    public required string Email { get; set; }

    [Personal]
    public string? Phone { get; set; }

    public required DateTimeOffset From { get; init; }

    /// <summary>Null while the person holds the duty.</summary>
    public DateTimeOffset? To { get; set; }
}

internal sealed class RoleHolderConfiguration : IEntityTypeConfiguration<RoleHolder>
{
    public void Configure(EntityTypeBuilder<RoleHolder> builder)
    {
        builder.ToTable("role_holders");
        builder.HasIndex(h => new { h.OrganisationId, h.Duty, h.To });
    }
}
