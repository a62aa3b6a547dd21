using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;

namespace SessionGuard.School.Staff;

/// <summary>Signs out everywhere: a copied cookie is worth nothing from then on.</summary>
internal sealed class SignOutPage(SignInManager<Account> signIn, UserManager<Account> accounts, SessionGuardDb db, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnPostAsync()
    {
        if (await accounts.GetUserAsync(User) is { } account)
        {
            var id = LedgerName.Account(account.Id);
            db.Record(new LedgerNote(account.OrganisationId, clock.Now(), id, AccountActions.SignedOut, id, new { }));
            // Saves, the ledger's note included. It fails only when another sign-out came first.
            await accounts.UpdateSecurityStampAsync(account);
        }

        await signIn.SignOutAsync();
        return LocalRedirect("/sign-in");
    }
}
