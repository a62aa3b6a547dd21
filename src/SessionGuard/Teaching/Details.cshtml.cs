using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Safeguards;
using SessionGuard.Sessions;

namespace SessionGuard.Teaching;

/// <summary>One class: how it stands, why, what was put right, and the evidence.</summary>
internal sealed class DetailsModel(SessionQueries sessions, JoinAddresses addresses) : PageModel
{
    public SessionView View { get; private set; } = null!;

    /// <summary>Null once nobody needs it any more.</summary>
    public Uri? FamiliesAddress { get; private set; }

    /// <summary>When a safeguard was looked at last. Only for a session that has results.</summary>
    public DateTimeOffset JudgedAt => View.Rules.Max(r => r.JudgedAt);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation)
    {
        if (await sessions.FindAsync(id, cancellation) is not { } view)
        {
            return NotFound();
        }

        View = view;
        FamiliesAddress = view.Session.Status is SessionStatus.Scheduled or SessionStatus.Live ? addresses.Of(view.Series) : null;
        return Page();
    }

    public static string Words(SessionStatus status) => status switch
    {
        SessionStatus.Scheduled => "coming up",
        SessionStatus.Live => "on now",
        SessionStatus.Ended => "over",
        SessionStatus.Cancelled => "cancelled in Zoom",
        SessionStatus.Unverified => "over; part of it we did not see",
    };

    /// <summary>A meeting number in the groups that Zoom shows it in: 860 1472 5390.</summary>
    public static string Words(long meetingNumber) =>
        meetingNumber.ToString(meetingNumber < 10_000_000_000 ? "### ### ####" : "### #### ####", CultureInfo.InvariantCulture);

    /// <summary>The rule's title; its id when this build no longer knows it.</summary>
    public static string TitleOf(string rule) => SafeguardCatalogue.All.FirstOrDefault(s => s.Id == rule)?.Title ?? rule;
}
