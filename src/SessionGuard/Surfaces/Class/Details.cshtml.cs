using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Text;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Overview;
using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Class;

/// <summary>One class: how it stands, why, who comes, what was put right, and the evidence.</summary>
internal sealed class DetailsModel(
    SessionQueries sessions, FlagQueries flags, WhoWasThere whoWasThere, LinkUses uses, ClassActs acts, PresenceActs presence, JoinAddresses addresses, Viewer viewer) : PageModel
{
    public SessionView View { get; private set; } = null!;

    /// <summary>Null once nobody needs it any more, and where every child has an own address.</summary>
    public Uri? FamiliesAddress { get; private set; }

    /// <summary>Found in Zoom, and nobody has said yet which class it is.</summary>
    public bool IsUnnamed => View.Series is { Origin: SeriesOrigin.Adopted, Name: null };

    public IReadOnlyList<Seen> Seen { get; private set; } = [];

    /// <summary>None for a class without families.</summary>
    public LinkUsePage Uses { get; private set; } = new([], IsCut: false);

    /// <summary>What was missed, as far as the viewer may see it.</summary>
    public IReadOnlyList<FlagView> Flags { get; private set; } = [];

    /// <summary>The viewer teaches the class, and may say how it was.</summary>
    public bool MayExplain { get; private set; }

    /// <summary>The viewer may take the attendance away as a file.</summary>
    public bool MayTakeOut => viewer.Role is Role.Lead or Role.Deputy;

    /// <summary>Why the last press did not do what was asked.</summary>
    public string? Fault { get; private set; }

    /// <summary>What the last press did.</summary>
    [TempData]
    public string? Said { get; set; }

    /// <summary>When a safeguard was looked at last. Only for a session that has results.</summary>
    public DateTimeOffset JudgedAt => View.Rules.Max(r => r.JudgedAt);

    public Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation) => ShowAsync(id, null, cancellation);

    public Task<IActionResult> OnPostRemindAsync(Guid id, Guid child, CancellationToken cancellation) =>
        FollowAsync(id, view => acts.RemindAsync(view, child, cancellation), "The mail is on its way.", cancellation);

    /// <param name="answer">Required: what is left out would otherwise be the first of the words, "they will be there".</param>
    public Task<IActionResult> OnPostPhoneAsync(
        Guid id, Guid child, Guid carer, [BindRequired] AnswerKind answer, string? other, CancellationToken cancellation) =>
        FollowAsync(id, view => acts.PhoneAsync(view, child, carer, answer, other, cancellation), "The answer is kept, with your name.", cancellation);

    public Task<IActionResult> OnPostThisIsAsync(Guid id, string key, string seat, CancellationToken cancellation) =>
        FollowAsync(id, view => presence.ThisIsAsync(view, key, seat, cancellation), "Thank you. We remember it for this class.", cancellation);

    public Task<IActionResult> OnPostExplainAsync(Guid id, Guid flag, string? text, CancellationToken cancellation) =>
        FollowAsync(id, _ => acts.ExplainAsync(flag, text, cancellation), "Thank you. The safeguarding lead sees your words.", cancellation);

    public Task<IActionResult> OnPostNameAsync(Guid id, string? name, [BindRequired] PresenceMode mode, CancellationToken cancellation) =>
        FollowAsync(id, view => acts.NameAsync(view, name, mode, cancellation), "Thank you. Families now see this name.", cancellation);

    public static string Words(SessionStatus status) => status switch
    {
        SessionStatus.Scheduled => "coming up",
        SessionStatus.Live => "on now",
        SessionStatus.Ended => "over",
        SessionStatus.Cancelled => "cancelled in Zoom",
        SessionStatus.Unverified => "over; part of it we did not see",
    };

    /// <summary>When a run was on in Zoom, as far as we heard of it.</summary>
    public static string Words(MeetingInstance run, LocalTime time) => (run.StartedAt, run.EndedAt) switch
    {
        ({ } started, { } ended) => $"{time.Clock(started)}–{time.Clock(ended)}",
        ({ } started, null) => $"since {time.Clock(started)}",
        (null, { } ended) => $"until {time.Clock(ended)}",
        (null, null) => "not known",
    };

    /// <summary>A meeting number in the groups that Zoom shows it in: 860 1472 5390.</summary>
    public static string Words(long meetingNumber) =>
        meetingNumber.ToString(meetingNumber < 10_000_000_000 ? "### ### ####" : "### #### ####", CultureInfo.InvariantCulture);

    private async Task<IActionResult> FollowAsync(Guid id, Func<SessionView, Task<string?>> act, string said, CancellationToken cancellation)
    {
        if (await sessions.FindAsync(id, cancellation) is not { } view)
        {
            return NotFound();
        }

        // A form that was not filled in binds to nothing: the sentence says what to do, whichever field it was.
        if ((ModelState.IsValid ? await act(view) : "Something in the form is missing. Choose one of its answers and press again.") is { } fault)
        {
            return await ShowAsync(id, fault, cancellation);
        }

        Said = said;
        return Redirect($"/sessions/{id}");
    }

    private async Task<IActionResult> ShowAsync(Guid id, string? fault, CancellationToken cancellation)
    {
        if (await sessions.FindAsync(id, cancellation) is not { } view)
        {
            return NotFound();
        }

        View = view;
        Fault = fault;
        var isAhead = view.Session.Status is SessionStatus.Scheduled or SessionStatus.Live;
        FamiliesAddress = isAhead && view.Children.Count == 0 ? addresses.CreateAddress(view.Series) : null;
        Seen = await whoWasThere.GetSeenAsync(view, cancellation);
        Uses = view.Adults is null ? Uses : await uses.GetUsesAsync(view.Session, cancellation);
        Flags = await flags.OfSessionAsync(id, cancellation);
        MayExplain = await sessions.IsTaughtAsync(id, cancellation);
        return Page();
    }
}
