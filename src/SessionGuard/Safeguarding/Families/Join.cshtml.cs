using Microsoft.AspNetCore.Mvc;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Http;

namespace SessionGuard.Safeguarding.Families;

/// <summary>A family's way into a class, or an adult student's. Opening the page changes nothing; one press says who is there and leads on to Zoom.</summary>
internal sealed class JoinPage(JoinLookup lookup, CheckIns checkIns, ZoomLinks zoomLinks, CodeGuesses guesses, TimeProvider clock)
    : FamilyPage(guesses, clock)
{
    public JoinView View { get; private set; } = null!;

    /// <summary>The children who are ticked.</summary>
    public IReadOnlyCollection<Guid> Ticked { get; private set; } = [];

    public bool ZoomIsSilent { get; private set; }

    /// <summary>True: the class asks for an adult's word first, and there was none.</summary>
    public bool NeedsTick { get; private set; }

    /// <summary>True: it has begun, by the plan or in Zoom.</summary>
    public bool HasBegun => View is { State: JoinState.Open, Next: { } next } && (next.Status is SessionStatus.Live || Now >= next.Start);

    public string Heading => View.State switch
    {
        JoinState.Open => HasBegun ? "Your class is on now" : "Your class is open",
        JoinState.TooEarly => "You are early",
        JoinState.Cancelled => "This class is not on",
        JoinState.OwnLink => "You have a link of your own",
        JoinState.Over or JoinState.Unknown => "This class is over",
    };

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken cancellation)
    {
        await LookAsync(code, cancellation);
        Ticked = [.. View.Class?.Children.Select(c => c.Id) ?? []];
        return Show();
    }

    public async Task<IActionResult> OnPostAsync(string code, [FromForm] Guid[] with, CancellationToken cancellation)
    {
        await LookAsync(code, cancellation);
        Ticked = with;
        if (View.State is not JoinState.Open)
        {
            return Show();
        }

        var there = View.Class?.Places.Where(p => with.Contains(p.Child.Id)).ToList() ?? [];
        NeedsTick = View.HasGate && there.Count == 0;
        if (NeedsTick)
        {
            return Show();
        }

        // What the adult said is kept whatever Zoom does next.
        if (View is { Class: { } own, Visit: { } visit } && there.Count > 0)
        {
            await checkIns.GiveAsync(own, visit.Carer.Id, there, cancellation);
        }
        else if (View is { Next: { } session, Visit.Link: { } used })
        {
            await checkIns.GoOnAsync(session, used, cancellation);
        }

        if (await ZoomLinkAsync(there, cancellation) is { } link)
        {
            return Redirect(link.AbsoluteUri);
        }

        ZoomIsSilent = true;
        return Show();
    }

    private async Task LookAsync(string code, CancellationToken cancellation)
    {
        View = await lookup.LookAsync(code, cancellation);
        School = View.School;
    }

    private Task<Uri?> ZoomLinkAsync(List<OwnPlace> there, CancellationToken cancellation) =>
        ((there.FirstOrDefault() ?? View.Class?.Places[0])?.Seat ?? View.Student?.Seat) is { } seat
            ? zoomLinks.OfSeatAsync(School!, seat, View.Next!.MeetingId, cancellation)
            : lookup.ZoomLinkAsync(View, cancellation);

    private IActionResult Show()
    {
        if (View.State is JoinState.Unknown)
        {
            return Unknown();
        }

        // The press ends at Zoom: a browser follows a form's redirect only to where the page may send forms.
        Response.Headers.ContentSecurityPolicy = ContentPolicy.With("https://zoom.us https://*.zoom.us");
        return Page();
    }
}
