using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Zoom.Webhooks.Inbox;

internal enum InboxState
{
    /// <summary>Stored, not yet applied.</summary>
    Pending,

    /// <summary>Applied.</summary>
    Handled,

    /// <summary>Understood, and nothing in it concerns us.</summary>
    Ignored,

    /// <summary>Kept, listed for an admin, not applied; <see cref="InboxMessage.Reason"/> says why.</summary>
    SetAside,
}

/// <summary>One signed delivery as it was stored before Zoom got its 200.</summary>
internal sealed class InboxMessage : IOwned, ILeased
{
    public static readonly LeasedRows<InboxMessage> ToApply = new(m => m.LeasedUntil) { Waiting = m => m.State == InboxState.Pending };

    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>
    /// What makes a repeat the same delivery: the event's own time (8 bytes, big-endian milliseconds, zero when unreadable), then
    /// the SHA-256 of the body as it was received. The time in front keeps a growing index dense at its end.
    /// </summary>
    public required byte[] DeliveryKey { get; init; }

    /// <summary>Zoom's name of the event; empty when the body could not be read.</summary>
    public required string Event { get; init; }

    /// <summary>The body without the fields that must not be kept.</summary>
    [Personal]
    public required byte[] Body { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required InboxState State { get; set; }

    /// <summary>Why it was set aside, in plain words without anything from the body. Null in other states.</summary>
    public string? Reason { get; set; }

    public int Tries { get; set; }

    /// <summary>Until when no pass may take this row: one holds it, or it failed and rests. Null: anyone may.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>When a pass was through with it, whatever came of it.</summary>
    public DateTimeOffset? AppliedAt { get; set; }
}

internal sealed class InboxMessageConfiguration : IEntityTypeConfiguration<InboxMessage>
{
    public void Configure(EntityTypeBuilder<InboxMessage> builder)
    {
        builder.ToTable("inbox_messages");
        // The index, not a SELECT before the INSERT, is what makes a redelivery harmless.
        builder.HasIndex(m => new { m.OrganisationId, m.DeliveryKey }).IsUnique();
        builder.HasIndex(m => m.Id).HasDatabaseName("ix_inbox_messages_pending").HasFilter("state = 'Pending'");
        builder.HasIndex(m => new { m.OrganisationId, m.Id }).HasDatabaseName("ix_inbox_messages_set_aside").HasFilter("state = 'SetAside'");
    }
}
