using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.RestoreHold;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Platform.Backups;

/// <summary>An operator says that the service this backup was taken of is gone: this one may write to people and call Zoom.</summary>
internal sealed class ConfirmRestoration(SessionGuardDb db, TimeProvider clock)
{
    /// <returns>How many mails wait and will now leave; null when nothing was held.</returns>
    public async Task<int?> HandleAsync(CancellationToken cancellation)
    {
        var held = await db.Set<Restoration>().Where(r => r.ConfirmedAt == null).ToListAsync(cancellation);
        if (held.Count == 0)
        {
            return null;
        }

        var now = clock.Now();
        held.ForEach(restoration => restoration.ConfirmedAt = now);
        foreach (var school in await db.Set<Organisation>().AsNoTracking().ToListAsync(cancellation))
        {
            db.Record(new LedgerNote(school.Id, now, LedgerName.Operator, BackupActions.Confirmed, LedgerName.Organisation(school.Id), new { held[^1].RestoredAt }));
        }

        await db.SaveChangesAsync(cancellation);
        return await db.Set<OutboxMessage>().CountAsync(m => m.State == OutboxState.Waiting, cancellation);
    }
}
