using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Storage;

namespace SessionGuard.Presence;

internal enum ParticipantEventKind
{
    Joined,
    Left,
}

/// <summary>Zoom said that somebody came or went. Who was there when is worked out from these, whatever order they came in.</summary>
internal sealed class ParticipantEvent : IOwned
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string InstanceUuid { get; init; }

    public required ParticipantEventKind Kind { get; init; }

    /// <summary>The time inside the payload, not of its arrival.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Zoom's id of one connection; a rejoin gets a new one.</summary>
    public required string ConnectionId { get; init; }

    /// <summary>Zoom's id of the person within the instance; null when it was not sent.</summary>
    public string? ParticipantUuid { get; init; }

    /// <summary>The seat they came by; null for a shared link.</summary>
    public string? RegistrantId { get; init; }

    /// <summary>The signed-in Zoom user; null for a guest.</summary>
    public string? ZoomUserId { get; init; }

    [Personal]
    public required string Name { get; init; }
}

internal sealed class ParticipantEventConfiguration : IEntityTypeConfiguration<ParticipantEvent>
{
    public void Configure(EntityTypeBuilder<ParticipantEvent> builder)
    {
        builder.ToTable("participant_events");
        builder.HasIndex(e => new { e.OrganisationId, e.InstanceUuid, e.ConnectionId, e.Kind, e.At }).IsUnique();
    }
}
