using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Text;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Overview;
using SessionGuard.School.Staff;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>The lead's desk: the queue, and one flag of it with its evidence. What is chosen stands in the address.</summary>
internal sealed class DeskModel(
    FlagQueries flags, CloseFlag close, SessionQueries sessions, WhoWasThere whoWasThere, CalledOffClasses calledOff, Viewer viewer, LocalTime time) : PageModel
{
    private const int PageSize = 50;

    /// <summary>For how many days back and ahead it is shown that a class was called off.</summary>
    private const int Days = 7;

    public static IReadOnlyList<(string Name, string Show)> Views { get; } = [("Waiting for me", "open"), ("With teachers", "teacher"), ("Dealt with", "done"), ("All", "all")];

    /// <summary>What a person can decide; the rest only evidence can.</summary>
    public static IReadOnlyList<CloseReason> Reasons { get; } = [.. Enum.GetValues<CloseReason>().Where(r => r is not CloseReason.EvidenceChanged)];

    [BindProperty(SupportsGet = true)]
    public string Show { get; set; } = "open";

    [BindProperty(SupportsGet = true)]
    public string? Rule { get; set; }

    [BindProperty(SupportsGet = true)]
    public Severity? Severity { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public IReadOnlyList<FlagView> Queue { get; private set; } = [];

    /// <summary>Shown above the whole queue only.</summary>
    public IReadOnlyList<Session> CalledOff { get; private set; } = [];

    public string? Next { get; private set; }

    public FlagView? Chosen { get; private set; }

    /// <summary>The session of the chosen flag.</summary>
    public SessionView? View { get; private set; }

    public IReadOnlyList<Seen> Seen { get; private set; } = [];

    public bool IsFiltered => Show != "open" || Rule is { Length: > 0 } || Severity is not null;

    public string? Fault { get; private set; }

    [TempData]
    public string? Said { get; set; }

    public CloseReason? Reason { get; private set; }

    public string? Note { get; private set; }

    public DateOnly? Until { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid? id, CancellationToken cancellation) => await ShowAsync(id, cancellation);

    public async Task<IActionResult> OnPostCloseAsync(Guid id, CloseReason? reason, string? note, DateOnly? until, CancellationToken cancellation)
    {
        Reason = reason;
        Note = note;
        Until = until;
        Fault = reason is { } chosen ? WhyNot(await close.HandleAsync(id, chosen, note, until, cancellation)) : "Choose what you found.";
        if (Fault is not null)
        {
            return await ShowAsync(id, cancellation);
        }

        Said = "Your decision is kept.";
        return Redirect($"/flags/{id}");
    }

    /// <summary>This page's address with another choice; what is not named stays.</summary>
    public string Address(Guid? id = null, string? show = null, string? after = null)
    {
        (string Name, string? Value)[] chosen =
        [
            ("show", (show ?? Show) is "open" ? null : show ?? Show),
            ("rule", Rule),
            ("severity", Severity?.ToString()),
            ("after", after ?? (id is null ? null : After)),
        ];
        var query = string.Join('&', chosen.Where(c => !string.IsNullOrEmpty(c.Value)).Select(c => $"{c.Name}={Uri.EscapeDataString(c.Value!)}"));
        return $"/flags{(id is null ? "" : $"/{id}")}{(query.Length == 0 ? "" : $"?{query}")}";
    }

    public static string GetSource(FlagEvidence evidence) => evidence.Source switch
    {
        FlagEvidence.OfRule or FlagEvidence.OfClearing => "the rule",
        FlagEvidence.OfTeacher => "the teacher",
        FlagEvidence.OfLead => "the lead",
        FlagEvidence.OfService => "SessionGuard",
        _ => evidence.Source, // of another version of this program
    };

    private static string? WhyNot(CloseOutcome outcome) => outcome switch
    {
        CloseOutcome.Closed => null,
        CloseOutcome.NotThere => "There is no such flag any more.",
        CloseOutcome.NotOpen => "It was decided on or changed a moment ago. Look at it again.",
        CloseOutcome.OwnClass => "You teach this class: your deputy must decide.",
        CloseOutcome.NoReason => "Choose what you found.",
        CloseOutcome.NoNote => $"Write what you found, in at most {CloseFlag.LongestNote} characters.",
        CloseOutcome.NoDate => "Choose the last day of the acceptance: from today to a year ahead.",
    };

    private async Task<IActionResult> ShowAsync(Guid? id, CancellationToken cancellation)
    {
        var filter = new FlagFilter(GetStatuses(Show), Severity, Rule is { Length: > 0 } rule ? rule : null);
        var page = await flags.ListAsync(filter, After is null ? null : FlagCursor.Parse(After), PageSize, cancellation);
        Queue = page.Items;
        Next = page.Next;
        CalledOff = IsFiltered || After is not null ? [] : await calledOff.GetCalledOffAsync(
            viewer.OrganisationId, time.GetStart(time.Today.AddDays(-Days)), time.GetStart(time.Today.AddDays(Days + 1)), cancellation);
        Chosen = id is { } asked ? await flags.FindAsync(asked, cancellation) : Queue is [var first, ..] ? first : null;
        if (id is not null && Chosen is null)
        {
            return NotFound();
        }

        if (Chosen is not null && await sessions.FindAsync(Chosen.Session.Id, cancellation) is { } view)
        {
            View = view;
            Seen = await whoWasThere.GetSeenAsync(view, cancellation);
        }

        return Page();
    }

    private static IReadOnlyList<FlagStatus> GetStatuses(string show) => show switch
    {
        "teacher" => [FlagStatus.WithTeacher],
        "done" => [FlagStatus.Accepted, FlagStatus.Dismissed, FlagStatus.Concern, FlagStatus.Closed],
        "all" => Enum.GetValues<FlagStatus>(),
        _ => Flag.WithLead,
    };
}
