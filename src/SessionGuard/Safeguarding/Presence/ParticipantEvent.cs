using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Safeguarding.Presence;

/// <summary>In the order in which events of the same instant are taken.</summary>
internal enum ParticipantEventKind
{
    /// <summary>At the door of a meeting that the host has not started. Zoom names no connection there.</summary>
    WaitsForHost,
    StoppedWaitingForHost,
    JoinedWaitingRoom,
    LeftWaitingRoom,
    Admitted,
    Joined,
    JoinedBreakoutRoom,

    /// <summary>Given the host's or a co-host's controls.</summary>
    MadeHost,
    LeftBreakoutRoom,
    Left,
    PutInWaitingRoom,
}

internal enum EventSource
{
    /// <summary>Zoom told it while it happened.</summary>
    Told,

    /// <summary>Filled in afterwards from Zoom's report.</summary>
    Reported,
}

/// <summary>Zoom said that somebody came or went. Who was there when is worked out from these, whatever order they came in.</summary>
internal sealed class ParticipantEvent : IOwned
{
    /// <summary>What <see cref="ConnectionId"/> begins with where Zoom names no connection: of who waits for the host.</summary>
    public const string Unconnected = "door:";

    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required string InstanceUuid { get; init; }

    public required ParticipantEventKind Kind { get; init; }

    public EventSource Source { get; init; }

    /// <summary>The time inside the payload, not of its arrival.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Zoom's id of one connection; a rejoin gets a new one.</summary>
    public required string ConnectionId { get; init; }

    /// <summary>In a breakout room: the same person's connection in the meeting itself; null elsewhere, and where it was not sent.</summary>
    public string? ParentConnectionId { get; init; }

    /// <summary>Zoom's id of the breakout room; null elsewhere.</summary>
    public string? RoomId { get; init; }

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
