using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Platform.Text;
using SessionGuard.School.Staff;

namespace SessionGuard.Safeguarding.Flags;

internal enum CloseOutcome
{
    Closed,

    /// <summary>There is no such flag for this viewer.</summary>
    NotThere,

    /// <summary>It has been decided on, or changed in this very moment: look again.</summary>
    NotOpen,

    /// <summary>It is about a class that the viewer teaches: another must decide.</summary>
    OwnClass,

    /// <summary>Not a reason that a person can give.</summary>
    NoReason,

    /// <summary>Empty or too long.</summary>
    NoNote,

    /// <summary>An acceptance needs its last day: from today to a year ahead.</summary>
    NoDate,
}

/// <summary>The lead or the deputy decides on a flag, with a reason from the list and in words of their own.</summary>
internal sealed class CloseFlag(SessionGuardDb db, Viewer viewer, OrganisationDirectory schools, TimeProvider clock)
{
    public const int LongestNote = 2000;

    /// <param name="until">The last day of an acceptance; not looked at for any other reason.</param>
    public async Task<CloseOutcome> HandleAsync(Guid flagId, CloseReason reason, string? note, DateOnly? until, CancellationToken cancellation)
    {
        var flag = viewer.Role is Role.Lead or Role.Deputy
            ? await db.Set<Flag>().FirstOrDefaultAsync(f => f.Id == flagId, cancellation)
            : null;
        if (flag is null)
        {
            return CloseOutcome.NotThere;
        }

        if (!flag.IsOpen)
        {
            return CloseOutcome.NotOpen;
        }

        if (await db.TaughtBy(viewer.AccountId).AnyAsync(s => s.Id == flag.SessionId, cancellation))
        {
            return CloseOutcome.OwnClass;
        }

        if (StatusFor(reason) is not { } status)
        {
            return CloseOutcome.NoReason;
        }

        var words = note?.Trim() ?? "";
        if (words.Length is 0 or > LongestNote)
        {
            return CloseOutcome.NoNote;
        }

        if (status is FlagStatus.Accepted && !IsADate(flag, until))
        {
            return CloseOutcome.NoDate;
        }

        flag.Status = status;
        flag.Reason = reason;
        flag.Note = words;
        flag.AcceptedUntil = status is FlagStatus.Accepted ? until : null;
        return await SaveAsync(flag, words, cancellation);
    }

    private async Task<CloseOutcome> SaveAsync(Flag flag, string words, CancellationToken cancellation)
    {
        var now = clock.Now();
        flag.DecidedBy = viewer.AccountId;
        flag.DecidedAt = now;
        db.Add(new FlagEvidence
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = flag.OrganisationId,
            FlagId = flag.Id,
            At = now,
            Source = FlagEvidence.OfLead,
            Text = words,
        });
        db.Record(new LedgerNote(
            flag.OrganisationId, now, Actor.FromViewer(viewer).Name, FlagActions.Closed, LedgerName.Flag(flag.Id),
            new { flag.SessionId, flag.Rule, Status = flag.Status.ToString(), Reason = flag.Reason.ToString(), flag.AcceptedUntil }));
        try
        {
            await db.SaveChangesAsync(cancellation);
            return CloseOutcome.Closed;
        }
        catch (DbUpdateConcurrencyException)
        {
            return CloseOutcome.NotOpen;
        }
    }

    private bool IsADate(Flag flag, DateOnly? until)
    {
        var today = new LocalTime(schools.ById(flag.OrganisationId)?.TimeZone ?? TimeZoneInfo.Utc, clock.Now()).Today;
        return until is { } day && day >= today && day <= today.AddYears(1);
    }

    /// <summary>Null: that is for the evidence to say, and not for a person.</summary>
    private static FlagStatus? StatusFor(CloseReason reason) => reason switch
    {
        CloseReason.WrongAlarm => FlagStatus.Dismissed,
        CloseReason.GoodReason or CloseReason.TalkedOver or CloseReason.PutRight => FlagStatus.Closed,
        CloseReason.AcceptedForClass => FlagStatus.Accepted,
        CloseReason.BecameConcern => FlagStatus.Concern,
        CloseReason.EvidenceChanged => null,
    };
}
