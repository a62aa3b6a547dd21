using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.Rules;
using SessionGuard.School.People;

namespace SessionGuard.Classes.Seats;

internal enum SeatState
{
    /// <summary>Zoom is still to be asked for a link of its own.</summary>
    Wanted,

    /// <summary>It has a Zoom link of its own.</summary>
    Linked,

    /// <summary>The plan has no registration: everybody comes by the meeting's link. Zoom is asked again from time to time.</summary>
    Shared,

    /// <summary>Given up; Zoom is still to be told.</summary>
    Leaving,

    /// <summary>Given up, and Zoom knows.</summary>
    Left,
}

/// <summary>A person's own place in a class. In Zoom it is one registrant under an alias address.</summary>
internal sealed class Seat : IOwned, IVersioned, ILeased
{
    public static readonly LeasedRows<Seat> ToProvide = new(s => s.LeasedUntil) { Due = s => s.DueAt, Tries = s => s.Failures, RaisesVersion = true };

    /// <summary>The states of a place that somebody has.</summary>
    public static readonly IReadOnlyList<SeatState> Taken = [SeatState.Wanted, SeatState.Linked, SeatState.Shared];

    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid SeriesId { get; init; }

    public required SeatKind Kind { get; init; }

    /// <summary>Whose place it is; null for a guest or a teacher, who are no <see cref="Person"/>.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>The child that a supporting adult's place belongs to.</summary>
    public Guid? ForChildId { get; init; }

    /// <summary>What Zoom shows.</summary>
    [Personal]
    public required string ScreenName { get; set; }

    /// <summary>Zoom's <c>registrant_id</c>; null until Zoom has given one. Earlier ones: <see cref="FormerRegistrant"/>.</summary>
    public string? RegistrantId { get; set; }

    /// <summary>The seat's own Zoom link, sealed.</summary>
    [Personal, Sealed]
    public string? SealedLink { get; set; }

    /// <summary>The number that lets a telephone in, sealed; null where Zoom gives none.</summary>
    [Personal, Sealed]
    public string? SealedPhonePin { get; set; }

    /// <summary>The meeting that the link is for: a new meeting needs a new link.</summary>
    public Guid? MeetingId { get; set; }

    /// <summary>The meeting's <see cref="Meeting.PasscodeMark"/> when the link was taken: another one means that the link is out of date.</summary>
    public string? PasscodeMark { get; set; }

    /// <summary>Steps when the link is replaced because the old one was passed on. The alias address has it in it.</summary>
    public int Generation { get; set; } = 1;

    public required SeatState State { get; set; }

    /// <summary>When Zoom is to be asked; null when there is nothing to ask.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>How often in a row Zoom did not do what was asked.</summary>
    public int Failures { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public long Version { get; set; }

    public bool IsTaken => State is SeatState.Wanted or SeatState.Linked or SeatState.Shared;
}

internal sealed class SeatConfiguration : IEntityTypeConfiguration<Seat>
{
    public void Configure(EntityTypeBuilder<Seat> builder)
    {
        builder.ToTable("seats");
        builder.Property(s => s.RegistrantId).HasMaxLength(64);
        builder.Property(s => s.SealedLink).HasColumnName("link");
        builder.Property(s => s.SealedPhonePin).HasColumnName("phone_pin");
        builder.HasIndex(s => s.SeriesId);
        builder.HasIndex(s => s.PersonId);
        builder.HasIndex(s => new { s.OrganisationId, s.RegistrantId });
        builder.HasIndex(s => s.DueAt).HasFilter("due_at IS NOT NULL");
        builder.HasOne<ClassSeries>().WithMany().HasForeignKey(s => s.SeriesId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Restrict);
    }
}
