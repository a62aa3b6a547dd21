using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Platform.Mail;

internal enum OutboxState
{
    Waiting,
    Sent,

    /// <summary>The other side refused it for good, or three days went by. Shown to staff.</summary>
    Failed,
}

/// <summary>A mail as it will leave, rendered when it was decided on and stored in the same transaction as the decision.</summary>
internal sealed class OutboxMessage : IOwned, ILeased
{
    public static readonly LeasedRows<OutboxMessage> ToSend = new(m => m.LeasedUntil)
    {
        Waiting = m => m.State == OutboxState.Waiting,
        Due = m => m.DueAt,
        Tries = m => m.Tries,
    };

    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>The word of its <see cref="MailPurpose"/>. Older rows may have one that no feature writes any more.</summary>
    public required string Purpose { get; init; }

    /// <summary>Set when only one mail of this kind may ever exist, such as one note for one repair. Null: no limit.</summary>
    public string? OnceKey { get; init; }

    [Personal]
    public required string To { get; init; }

    [Personal]
    public required string Subject { get; init; }

    /// <summary>The plain text, sealed: a body may carry a link that signs somebody in, and a dump must not. Null: forgotten, when its time had come.</summary>
    [Personal, Sealed]
    public required string? SealedText { get; init; }

    /// <summary>The same words as HTML, sealed; null when forgotten.</summary>
    [Personal, Sealed]
    public required string? SealedHtml { get; init; }

    /// <summary>A calendar file that goes with it, sealed: it has a family's own address in it. Null: none.</summary>
    [Personal, Sealed]
    public string? SealedCalendar { get; init; }

    /// <summary>The address that stops mail of this kind, sealed. Null: it cannot be stopped.</summary>
    [Personal, Sealed]
    public string? SealedStopAddress { get; init; }

    /// <summary>The Message-ID header: the same on every try, so that a doubled sending can be recognised.</summary>
    public required string MessageId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset DueAt { get; set; }

    public required OutboxState State { get; set; }

    /// <summary>Counted when a try begins, so that a mail which ends the process is seen to have been tried.</summary>
    public int Tries { get; set; }

    /// <summary>Until when a pass holds this row; null when nobody does.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>The server's last refusal: its code and our words for it, never an address.</summary>
    public string? LastError { get; set; }
}

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox_messages");
        builder.Property(m => m.SealedText).HasColumnName("text");
        builder.Property(m => m.SealedHtml).HasColumnName("html");
        builder.Property(m => m.SealedCalendar).HasColumnName("calendar");
        builder.Property(m => m.SealedStopAddress).HasColumnName("stop_address");
        builder.HasIndex(m => new { m.OrganisationId, m.DueAt, m.Id }).HasDatabaseName("ix_outbox_messages_waiting").HasFilter("state = 'Waiting'");
        builder.HasIndex(m => new { m.OrganisationId, m.OnceKey }).IsUnique();
    }
}
