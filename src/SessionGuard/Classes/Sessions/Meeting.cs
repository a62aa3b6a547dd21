using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Classes.Sessions;

internal enum ScheduleSource
{
    /// <summary>An event of a run mentioned the meeting; when it was planned for is not known.</summary>
    Mentioned,

    /// <summary>Zoom announced it when it was scheduled.</summary>
    Announced,

    /// <summary>We asked Zoom.</summary>
    Fetched,
}

/// <summary>A Zoom meeting that we look after: what is known of its schedule, and when it is looked at next.</summary>
internal sealed class Meeting : IOwned, IVersioned, ILeased
{
    public static readonly LeasedRows<Meeting> ToCheck = new(m => m.LeasedUntil) { Due = m => m.CheckDueAt, RaisesVersion = true };

    public required Guid Id { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>Zoom's meeting number: up to 11 digits today, 64 bits by its contract.</summary>
    public required long ZoomMeetingId { get; init; }

    public required Guid SeriesId { get; init; }

    public required string HostZoomId { get; set; }

    [Personal]
    public required string Topic { get; set; }

    /// <summary>Zoom's number: 1 instant, 2 scheduled, 3 recurring without a time, 4 personal room, 8 recurring.</summary>
    public required int Type { get; set; }

    /// <summary>The planned length of a date in minutes; null when Zoom has not said.</summary>
    public int? Minutes { get; set; }

    /// <summary>How the schedule is known. Better evidence is never replaced by worse, whatever order they come in.</summary>
    public required ScheduleSource ScheduleSource { get; set; }

    /// <summary>When that evidence was true at Zoom.</summary>
    public required DateTimeOffset ScheduleAsOf { get; set; }

    /// <summary>When Zoom last said that it is gone, and when that it is there. The later one counts.</summary>
    public DateTimeOffset? GoneAsOf { get; set; }

    public DateTimeOffset? ThereAsOf { get; set; }

    public bool IsGone => GoneAsOf is { } gone && (ThereAsOf is not { } there || gone >= there);

    /// <summary>True: a link into it leads to a class that is still to come, or on.</summary>
    public bool LeadsOn => NextStart is not null && !IsGone;

    /// <summary>When its next session begins, or began while it runs; null when none lies ahead. The nearest are checked first.</summary>
    public DateTimeOffset? NextStart { get; set; }

    /// <summary>When the meeting is due to be fetched and checked; null when no session of it lies ahead.</summary>
    public DateTimeOffset? CheckDueAt { get; set; }

    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>Differs when the passcode does, and tells nothing of it; null until the meeting was fetched. Zoom's links carry the passcode.</summary>
    public string? PasscodeMark { get; set; }

    /// <summary>
    /// When everybody's own links into it are to be looked over: after each check, and when its next date comes or goes; null when
    /// nothing is to be done.
    /// </summary>
    public DateTimeOffset? SeatsDueAt { get; set; }

    /// <summary>Until when a pass holds this row; null when nobody does.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>Checks in a row that Zoom did not answer.</summary>
    public int FailedChecks { get; set; }

    public long Version { get; set; }
}

internal sealed class MeetingConfiguration : IEntityTypeConfiguration<Meeting>
{
    public void Configure(EntityTypeBuilder<Meeting> builder)
    {
        builder.ToTable("meetings");
        builder.HasIndex(m => new { m.OrganisationId, m.ZoomMeetingId }).IsUnique();
        builder.HasIndex(m => m.CheckDueAt).HasFilter("check_due_at IS NOT NULL");
        builder.HasIndex(m => m.OrganisationId).HasDatabaseName("ix_meetings_failing").HasFilter($"failed_checks >= {CheckCalendar.ManyFailures}");
        builder.HasIndex(m => m.SeatsDueAt).HasFilter("seats_due_at IS NOT NULL");
        builder.HasOne<ClassSeries>().WithMany().HasForeignKey(m => m.SeriesId).OnDelete(DeleteBehavior.Restrict);
    }
}
