using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.School.Staff;

namespace SessionGuard.School.People;

internal enum PersonKind
{
    Child,

    /// <summary>A parent, a guardian or another adult who answers for a child.</summary>
    Carer,

    /// <summary>Taught beside children; never counts as staff or as a responsible adult.</summary>
    AdultStudent,
}

/// <summary>Somebody the school teaches or who answers for them. Staff are <see cref="Staff.Account"/>s.</summary>
internal sealed class Person : IOwned, IVersioned
{
    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    public required PersonKind Kind { get; init; }

    /// <summary>The whole name as the family writes it.</summary>
    [Personal]
    public required string Name { get; set; }

    /// <summary>What Zoom and the other families see. Null: the first name alone.</summary>
    [Personal]
    public string? ScreenName { get; set; }

    /// <summary>Only of children.</summary>
    [Personal]
    public DateOnly? BornOn { get; set; }

    /// <summary>Only of carers and adult students.</summary>
    [Personal]
    public string? Email { get; set; }

    /// <summary>
    /// The address whose reader said that our mail was not for them; null while nobody did. Nothing more goes there: mail begins again
    /// when <see cref="Email"/> becomes another, or when staff have asked and empty this.
    /// </summary>
    [Personal]
    public string? DisownedEmail { get; set; }

    [Personal]
    public string? Phone { get; set; }

    [BlindIndex(BlindIndex.MailAddress, nameof(Email))]
    public string? EmailIndex { get; private set; }

    /// <summary>The school's own number for the person, by which an import finds them again; null when they have none.</summary>
    [Personal]
    public string? Reference { get; init; }

    [BlindIndex(BlindIndex.Reference, nameof(Reference))]
    public string? ReferenceIndex { get; private set; }

    /// <summary>Set when a carer asked for no more reminders. What they must know they are still told.</summary>
    public DateTimeOffset? RemindersStoppedAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when they no longer come; null while they do.</summary>
    public DateTimeOffset? LeftAt { get; set; }

    public long Version { get; set; }

    public string FirstName => Name.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : Name;

    /// <summary>True when there is an address, and nobody said that it is somebody else's.</summary>
    public bool HasUsableEmail => !string.IsNullOrWhiteSpace(Email) && !string.Equals(Email, DisownedEmail, StringComparison.OrdinalIgnoreCase);

    public string OnScreen => ScreenName ?? FirstName;

    /// <summary>Whole years; a birthday counts from its first hour. Null when no date of birth is kept.</summary>
    /// <param name="day">A day of the school's own calendar.</param>
    public int? AgeOn(DateOnly day)
    {
        if (BornOn is not { } born)
        {
            return null;
        }

        var years = day.Year - born.Year;
        return born.AddYears(years) > day ? years - 1 : years;
    }
}

internal sealed class PersonConfiguration : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("people");
        builder.Property(p => p.EmailIndex).HasMaxLength(32);
        builder.Property(p => p.ReferenceIndex).HasMaxLength(32);
        builder.HasIndex(p => new { p.OrganisationId, p.Kind, p.Id });
        builder.HasIndex(p => new { p.OrganisationId, p.ReferenceIndex }).IsUnique();
        builder.HasIndex(p => new { p.OrganisationId, p.EmailIndex });
    }
}
