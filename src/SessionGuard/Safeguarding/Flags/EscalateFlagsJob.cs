using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>Hands to the lead what a teacher has not explained in time.</summary>
internal sealed class EscalateFlagsJob(
    IServiceScopeFactory scopes, SessionGuardDb db, JobWaker waker, TimeProvider clock) : IBacklog
{
    private const string Unexplained = "The teacher did not explain it in time.";

    public async Task RunAsync(CancellationToken cancellation)
    {
        var due = await Due(db).OrderBy(f => f.TeacherUntil).Select(f => f.Id).Take(1000).ToListAsync(cancellation);
        foreach (var flagId in due)
        {
            try
            {
                await HandOverAsync(flagId, cancellation);
            }
            catch (Exception conflict) when (DatabaseFault.IsConflict(conflict))
            {
                // Explained, judged or handed over in this very moment. If it is still due, the next pass finds it.
            }
        }

        if (due.Count > 0)
        {
            waker.Wake<SendMailJob>();
        }
    }

    public Task<int> CountAsync(CancellationToken cancellation) => Due(db).CountAsync(cancellation);

    private IQueryable<Flag> Due(SessionGuardDb own)
    {
        var now = clock.Now();
        return own.Set<Flag>().Where(f => f.Status == FlagStatus.WithTeacher && f.TeacherUntil <= now);
    }

    private async Task HandOverAsync(Guid flagId, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        var own = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        if (await Due(own).FirstOrDefaultAsync(f => f.Id == flagId, cancellation) is not { } flag)
        {
            return;
        }

        var now = clock.Now();
        var session = await own.Set<Session>().AsNoTracking().SingleAsync(s => s.Id == flag.SessionId, cancellation);
        var staff = await scope.ServiceProvider.GetRequiredService<ClassStaffReader>().ReadStaffAsync([session], cancellation);
        var holders = await own.Set<RoleHolder>().AsNoTracking().Where(h => h.OrganisationId == flag.OrganisationId && h.To == null).ToListAsync(cancellation);
        flag.Status = FlagStatus.Open;
        own.Add(new FlagEvidence
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = flag.OrganisationId,
            FlagId = flag.Id,
            At = now,
            Source = FlagEvidence.OfService,
            Text = Unexplained,
        });
        own.Record(new LedgerNote(flag.OrganisationId, now, LedgerName.Service, FlagActions.Escalated, LedgerName.Flag(flag.Id), new { flag.SessionId, flag.Rule }));
        await scope.ServiceProvider.GetRequiredService<FlagMail>().TellAsync(flag, session.Start, staff[session.Id], holders, now, cancellation);
        await own.SaveChangesAsync(cancellation);
    }
}
