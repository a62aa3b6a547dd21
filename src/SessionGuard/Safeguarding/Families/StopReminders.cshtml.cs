using Microsoft.AspNetCore.Mvc;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.School.People;

namespace SessionGuard.Safeguarding.Families;

/// <summary>
/// Stops a carer's reminders, and starts them again. Mail programs post here by themselves when somebody presses "unsubscribe"
/// (RFC 8058), and they have no form token: this one page takes posts without. The code in the address is what a stranger's page
/// cannot know, and all that a press does can be undone here.
/// </summary>
[IgnoreAntiforgeryToken]
internal sealed class StopRemindersPage(FamilyLinkLookup lookup, SessionGuardDb db, CodeGuesses guesses, TimeProvider clock)
    : FamilyPage(guesses, clock)
{
    public bool AreStopped { get; private set; }

    /// <summary>True for an adult student, who is told of a class and asked nothing.</summary>
    public bool IsStudent { get; private set; }

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken cancellation) =>
        await OpenAsync(code, cancellation) is null ? Unknown() : Page();

    public async Task<IActionResult> OnPostAsync(
        string code, [FromForm] string? reminders, [FromForm(Name = "List-Unsubscribe")] string? oneClick, CancellationToken cancellation)
    {
        if (await OpenAsync(code, cancellation) is not { } visit)
        {
            return Unknown();
        }

        var byMailProgram = oneClick is "One-Click";
        if (!byMailProgram && reminders is not ("stop" or "start"))
        {
            return Redirect(Request.Path);
        }

        await TurnAsync(visit, stop: byMailProgram || reminders is "stop", cancellation);
        // RFC 8058, 3.1: a mail program is not sent on to anywhere.
        return byMailProgram ? Page() : Redirect(Request.Path);
    }

    private async Task<FamilyVisit?> OpenAsync(string code, CancellationToken cancellation)
    {
        if (await lookup.OpenAsync(code, LinkPurpose.Reminders, cancellation) is not { } visit)
        {
            return null;
        }

        School = visit.School;
        AreStopped = visit.Carer.RemindersStoppedAt is not null;
        IsStudent = visit.Carer.Kind is PersonKind.AdultStudent;
        return visit;
    }

    private async Task TurnAsync(FamilyVisit visit, bool stop, CancellationToken cancellation)
    {
        if (stop != AreStopped)
        {
            var carer = visit.Carer;
            carer.RemindersStoppedAt = stop ? Now : null;
            db.Record(new LedgerNote(
                carer.OrganisationId, Now, LedgerName.Carer(carer.Id), stop ? FamilyActions.RemindersStopped : FamilyActions.RemindersStarted,
                LedgerName.Person(carer.Id), new { link = visit.Link.Id }));
            await db.SaveChangesAsync(cancellation);
            AreStopped = stop;
        }
    }
}
