using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.School.People;

namespace SessionGuard.Safeguarding.Reminders;

internal enum AskStage
{
    /// <summary>72 hours before.</summary>
    ThreeDays,

    /// <summary>24 hours before.</summary>
    OneDay,

    /// <summary>2 hours before.</summary>
    TwoHours,

    /// <summary>When a teacher pressed "remind".</summary>
    ByHand,
}

internal enum AskState
{
    Waiting,

    /// <summary>Its mail is in the outbox.</summary>
    Sent,

    /// <summary>When it was due there was nothing left to ask: answered, cancelled, moved, stopped, or no address.</summary>
    NotNeeded,
}

/// <summary>
/// That a carer shall be asked about one session, and when; one mail asks for all their children in it. Or that an adult student shall be told of it.
/// </summary>
internal sealed class Ask : IOwned, ILeased
{
    public static readonly LeasedRows<Ask> ToSend = new(a => a.LeasedUntil) { Waiting = a => a.State == AskState.Waiting, Due = a => a.DueAt };

    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid SessionId { get; init; }

    /// <summary>The session's time version that it asks about.</summary>
    public required int TimeVersion { get; init; }

    /// <summary>The carer, or the adult student.</summary>
    public required Guid CarerId { get; init; }

    public required AskStage Stage { get; init; }

    /// <summary>Tells apart what a teacher asked by hand: 0 for the planned stages.</summary>
    public int Number { get; init; }

    public required DateTimeOffset DueAt { get; set; }

    public required AskState State { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>Its mail in the outbox; a mail that failed for good is no silence.</summary>
    public Guid? MailId { get; set; }

    public DateTimeOffset? SentAt { get; set; }
}

internal sealed class AskConfiguration : IEntityTypeConfiguration<Ask>
{
    public void Configure(EntityTypeBuilder<Ask> builder)
    {
        builder.ToTable("asks");
        // The index, not a look before the insert, is what makes asking twice impossible.
        builder.HasIndex(a => new { a.SessionId, a.CarerId, a.TimeVersion, a.Stage, a.Number }).IsUnique();
        builder.HasIndex(a => a.DueAt).HasDatabaseName("ix_asks_waiting").HasFilter("state = 'Waiting'");
        builder.HasOne<Session>().WithMany().HasForeignKey(a => a.SessionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Person>().WithMany().HasForeignKey(a => a.CarerId).OnDelete(DeleteBehavior.Restrict);
    }
}
