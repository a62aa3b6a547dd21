using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;

namespace SessionGuard.Safeguarding.Flags;

internal enum ExplainOutcome
{
    Explained,

    /// <summary>There is no such flag about a class of this teacher's.</summary>
    NotThere,

    /// <summary>It has been decided on.</summary>
    NotOpen,

    /// <summary>Empty, longer than a line, or with characters that no line has.</summary>
    NotALine,
}

/// <summary>The teacher of a class says in one line how it was.</summary>
internal sealed class ExplainFlag(SessionGuardDb db, Viewer viewer, TimeProvider clock)
{
    public const int Longest = 300;

    public async Task<ExplainOutcome> HandleAsync(Guid flagId, string? text, CancellationToken cancellation)
    {
        var own = db.TaughtBy(viewer.AccountId);
        if (await db.Set<Flag>().FirstOrDefaultAsync(f => f.Id == flagId && own.Any(s => s.Id == f.SessionId), cancellation) is not { } flag)
        {
            return ExplainOutcome.NotThere;
        }

        if (!flag.IsOpen)
        {
            return ExplainOutcome.NotOpen;
        }

        var line = text?.Trim() ?? "";
        if (line.Length is 0 or > Longest || line.Any(char.IsControl))
        {
            return ExplainOutcome.NotALine;
        }

        var now = clock.Now();
        flag.Status = FlagStatus.Explained;
        flag.Explanation = line;
        flag.ExplainedAt = now;
        db.Add(new FlagEvidence
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = flag.OrganisationId,
            FlagId = flag.Id,
            At = now,
            Source = FlagEvidence.OfTeacher,
            Text = line,
        });
        db.Record(new LedgerNote(
            flag.OrganisationId, now, Actor.FromViewer(viewer).Name, FlagActions.Explained, LedgerName.Flag(flag.Id), new { flag.SessionId, flag.Rule }));
        try
        {
            await db.SaveChangesAsync(cancellation);
            return ExplainOutcome.Explained;
        }
        catch (DbUpdateConcurrencyException)
        {
            return ExplainOutcome.NotOpen;
        }
    }
}
