using Microsoft.AspNetCore.Mvc;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Safeguarding.Families;

/// <summary>For a stranger who got a family's mail: it asks once, and then nothing more goes to that address.</summary>
internal sealed class NotMePage(ConfirmLookup lookup, FamilyLinks links, SessionGuardDb db, CodeGuesses guesses, TimeProvider clock) : FamilyPage(guesses, clock)
{
    public async Task<IActionResult> OnGetAsync(string code, CancellationToken cancellation)
    {
        School = (await lookup.LookAsync(code, cancellation))?.Visit.School;
        return School is null ? Unknown() : Page();
    }

    public async Task<IActionResult> OnPostAsync(string code, CancellationToken cancellation)
    {
        if (await lookup.LookAsync(code, cancellation) is not { } view)
        {
            return Unknown();
        }

        await links.DisownAsync(view.Visit.Carer, cancellation);
        await db.SaveChangesAsync(cancellation);
        // The code opens nothing any more, this page neither.
        return Redirect("/not-me");
    }
}
