using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Platform.Text;
using SessionGuard.Safeguarding.Overview;
using SessionGuard.Safeguarding.Presence;

namespace SessionGuard.Surfaces.Live;

/// <summary>A running class, to be read beside Zoom. The page is whole without script; with it, it follows by itself.</summary>
internal sealed class LiveModel(SessionQueries sessions, WhoWasThere whoWasThere, PresenceActs acts) : PageModel
{
    public SessionView View { get; private set; } = null!;

    public LiveBoard Board { get; private set; } = null!;

    public string? Fault { get; private set; }

    public Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellation) => ShowAsync(id, null, cancellation);

    /// <param name="seat">A seat's id, or <c>staff</c>.</param>
    public async Task<IActionResult> OnPostThisIsAsync(Guid id, string key, string seat, CancellationToken cancellation) =>
        await FollowAsync(id, view => acts.ThisIsAsync(view, key, seat, cancellation), cancellation);

    /// <param name="fact">Required: what is left out would otherwise be the first of the words, "an adult is there".</param>
    public async Task<IActionResult> OnPostAdultAsync(Guid id, Guid child, [BindRequired] AttestedFact fact, CancellationToken cancellation) =>
        await FollowAsync(id, view => acts.AttestAsync(view, child, fact, cancellation), cancellation);

    public static string Words(LiveChild child, LocalTime time) => child switch
    {
        { Place: LivePlace.Expected } => "Expected",
        { Place: LivePlace.Waiting, Since: { } since } => $"In the waiting room since {time.Clock(since)}",
        { Place: LivePlace.InClass, Since: { } since } => $"In the class since {time.Clock(since)}",
        { Place: LivePlace.Left, Since: { } since } => $"Left at {time.Clock(since)}",
        { Place: LivePlace.NotComing } or { Since: null } => child.Row.Sentence(time),
    };

    private async Task<IActionResult> FollowAsync(Guid id, Func<SessionView, Task<string?>> act, CancellationToken cancellation)
    {
        if (await sessions.FindAsync(id, cancellation) is not { } view)
        {
            return NotFound();
        }

        return (ModelState.IsValid ? await act(view) : "Something in the form is missing. Press again.") is { } fault ? await ShowAsync(id, fault, cancellation) : Redirect($"/sessions/{id}/live");
    }

    private async Task<IActionResult> ShowAsync(Guid id, string? fault, CancellationToken cancellation)
    {
        if (await sessions.FindAsync(id, cancellation) is not { } view)
        {
            return NotFound();
        }

        View = view;
        Fault = fault;
        Board = LiveBoard.CreateBoard(view, await whoWasThere.GetSeenAsync(view, cancellation));
        return Page();
    }
}
