using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.School.Staff;

/// <summary>Answers a wish to sign in: one mail for each open account at the address, and nothing for a stranger's.</summary>
internal sealed class SendSignInLinks(
    SessionGuardDb db,
    SignInLinks links,
    Outbox outbox,
    JobWaker waker,
    OrganisationDirectory directory,
    IOptions<ServiceOptions> service,
    TimeProvider clock)
{
    public static readonly MailPurpose Purpose = MailPurpose.Declare("sign-in", "Somebody could not sign in");

    /// <summary>How long a mailed link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>How many links an account gets within how long: enough for somebody in a hurry, too few to pester anybody.</summary>
    private static readonly (int Most, TimeSpan Within)[] Limits = [(3, TimeSpan.FromMinutes(1)), (6, TimeSpan.FromHours(1))];

    /// <param name="returnTo">The page to open after signing in: an address within the service, or null.</param>
    public async Task HandleAsync(string email, string? returnTo, CancellationToken cancellation)
    {
        foreach (var account in await db.AccountsAt(email).Where(a => a.ClosedAt == null).ToListAsync(cancellation))
        {
            if (await MayHaveAnotherAsync(account, cancellation))
            {
                var link = await links.IssueAsync(account.Id, Lifetime, cancellation);
                await outbox.QueueAsync(Letter(account, WithReturn(link, returnTo)), cancellation);
            }
        }

        await db.SaveChangesAsync(cancellation);
        waker.Wake<SendMailJob>();
    }

    private async Task<bool> MayHaveAnotherAsync(Account account, CancellationToken cancellation)
    {
        foreach (var (most, within) in Limits)
        {
            var since = clock.Now() - within;
            if (await db.Set<SignInLink>().CountAsync(l => l.AccountId == account.Id && l.CreatedAt > since, cancellation) >= most)
            {
                return false;
            }
        }

        return true;
    }

    private static Uri WithReturn(Uri link, string? returnTo) =>
        returnTo is null ? link : new Uri($"{link.AbsoluteUri}?return={Uri.EscapeDataString(returnTo)}");

    private Letter Letter(Account account, Uri link)
    {
        var school = directory.ById(account.OrganisationId)?.Name ?? "your school";
        return new Letter
        {
            OrganisationId = account.OrganisationId,
            SchoolName = school,
            To = account.Email!,
            Purpose = Purpose,
            Subject = "Sign in to SessionGuard",
            FirstLine = $"Open this link to sign in to SessionGuard for {school}.",
            Paragraphs = [$"It works once, within {Lifetime.TotalMinutes:0} minutes. After that, ask for a new one on the sign-in page."],
            Button = new LetterButton("Open to sign in", link),
            Contact = "Was it not you? Then do nothing: without this mail nobody gets in. If it keeps coming, tell your safeguarding lead.",
            WhyYouGetThis = $"You get this because somebody gave your address at {new Uri(service.Value.PublicUrl).Host} to sign in.",
        };
    }
}
