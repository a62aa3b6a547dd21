using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Retention;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Classes.Sessions;

/// <summary>Stops all deletion for one session, and starts it again.</summary>
internal sealed class HoldSession(SessionGuardDb db, Holds holds)
{
    /// <summary>How far around a held session its deliveries are kept: Zoom tells of a class before it begins and after it ended.</summary>
    private static readonly TimeSpan Around = TimeSpan.FromDays(1);

    /// <returns>False: there is no such session.</returns>
    public async Task<bool> HoldAsync(Guid sessionId, string reason, CancellationToken cancellation)
    {
        if (await db.Set<Session>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == sessionId, cancellation) is not { } session)
        {
            return false;
        }

        var subject = new HeldSubject(session.OrganisationId, session.Id, LedgerName.Session(session.Id), session.Start - Around, session.End + Around);
        await holds.HoldAsync(subject, reason, cancellation);
        return true;
    }

    /// <returns>False: it was not held.</returns>
    public Task<bool> LiftAsync(Guid sessionId, CancellationToken cancellation) => holds.LiftAsync(sessionId, LedgerName.Session(sessionId), cancellation);
}

/// <summary>What is held is a session: the column is a key of it, and is named so.</summary>
internal sealed class SessionHoldConfiguration : IEntityTypeConfiguration<RetentionHold>
{
    public void Configure(EntityTypeBuilder<RetentionHold> builder)
    {
        builder.Property(h => h.SubjectId).HasColumnName("session_id");
        builder.HasIndex(h => h.SubjectId).HasDatabaseName("ix_retention_holds_session_id");
        builder.HasIndex(h => new { h.OrganisationId, h.SubjectId }).HasDatabaseName("ix_retention_holds_organisation_id_session_id");
        builder.HasOne<Session>().WithMany().HasForeignKey(h => h.SubjectId)
            .HasConstraintName("fk_retention_holds_session_session_id").OnDelete(DeleteBehavior.Restrict);
    }
}
