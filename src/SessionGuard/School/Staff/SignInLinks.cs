using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;

namespace SessionGuard.School.Staff;

/// <summary>Links that sign one account in, once.</summary>
internal sealed class SignInLinks(SessionGuardDb db, OrganisationScope scope, IOptions<ServiceOptions> service, TimeProvider clock)
{
    private const int CodeBytes = 32;

    /// <summary>Makes a link for an open account. The caller saves, and only then does it work.</summary>
    /// <exception cref="InvalidOperationException">There is no such account in sight.</exception>
    public async Task<Uri> IssueAsync(Guid accountId, TimeSpan lifetime, CancellationToken cancellation)
    {
        var account = await db.Set<Account>().FindAsync([accountId], cancellation) ?? throw new InvalidOperationException("There is no such account.");
        var now = clock.Now();
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(CodeBytes));
        var link = new SignInLink
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = account.OrganisationId,
            AccountId = account.Id,
            CodeHash = GetHash(code),
            CreatedAt = now,
            ExpiresAt = now + lifetime,
        };
        db.Add(link);
        db.Record(new LedgerNote(
            link.OrganisationId, now, LedgerName.Service, AccountActions.LinkIssued, LedgerName.Account(account.Id), new { Link = link.Id, link.ExpiresAt }));
        return new Uri($"{service.Value.PublicUrl.TrimEnd('/')}/sign-in/{code}");
    }

    /// <summary>Whom the link would sign in; null when it is unknown, used or expired, or the account is closed. Changes nothing.</summary>
    public async Task<Account?> PeekAsync(string code, CancellationToken cancellation)
    {
        var link = await Usable(code).AsNoTracking().SingleOrDefaultAsync(cancellation);
        return link is null ? null : await OpenAccountAsync(link, cancellation);
    }

    /// <summary>Uses the link up. Of two presses at once one gets the account, the other null, as for a link that never was.</summary>
    public Task<Account?> UseAsync(string code, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            var now = clock.Now();
            var link = await Usable(code).AsNoTracking().SingleOrDefaultAsync(cancellation);
            var used = await Usable(code).ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), cancellation);
            if (link is null || used == 0 || await OpenAccountAsync(link, cancellation) is not { } account)
            {
                return null;
            }

            var who = LedgerName.Account(account.Id);
            db.Record(new LedgerNote(link.OrganisationId, now, who, AccountActions.LinkUsed, who, new { Link = link.Id }));
            await db.SaveChangesAsync(cancellation);
            return account;
        },
        cancellation);

    /// <summary>Nobody is signed in yet, so no organisation is in sight: the code alone says whose link it is.</summary>
    private IQueryable<SignInLink> Usable(string code)
    {
        var (hash, now) = (GetHash(code), clock.Now());
        return db.Set<SignInLink>().IgnoreQueryFilters().Where(l => l.CodeHash == hash && l.UsedAt == null && l.ExpiresAt > now);
    }

    private async Task<Account?> OpenAccountAsync(SignInLink link, CancellationToken cancellation)
    {
        scope.Narrow(link.OrganisationId);
        return await db.Set<Account>().SingleOrDefaultAsync(a => a.Id == link.AccountId && a.ClosedAt == null, cancellation);
    }

    private static byte[] GetHash(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}
