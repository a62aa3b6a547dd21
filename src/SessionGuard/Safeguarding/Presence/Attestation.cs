using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Safeguarding.Presence;

internal enum AttestedFact
{
    /// <summary>The teacher saw or heard the child's adult.</summary>
    AdultIsThere,

    /// <summary>The teacher looked and there was none.</summary>
    AdultIsNotThere,
}

/// <summary>What a teacher saw of one child's adult in one session. The newest counts.</summary>
internal sealed class Attestation : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid SessionId { get; init; }

    public required Guid ChildId { get; init; }

    public required AttestedFact Fact { get; init; }

    public required Guid AttestedBy { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class AttestationConfiguration : IEntityTypeConfiguration<Attestation>
{
    public void Configure(EntityTypeBuilder<Attestation> builder)
    {
        builder.ToTable("attestations");
        builder.HasIndex(a => new { a.SessionId, a.ChildId, a.At });
    }
}
