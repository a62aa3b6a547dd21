using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Platform.Text;
using SessionGuard.Safeguarding.Answers;

namespace SessionGuard.Safeguarding.Families;

/// <summary>
/// Where a carer answers: one question, three answers. Opening it changes nothing, whoever opens it; a press changes one thing and can
/// be undone.
/// </summary>
internal sealed class ConfirmPage(ConfirmLookup lookup, AnswerRegister answers, MachinePresses machines, CodeGuesses guesses, TimeProvider clock)
    : FamilyPage(guesses, clock)
{
    public ConfirmView View { get; private set; } = null!;

    /// <summary>Whom the page asks about: all of the carer's children in the class, or the one chosen.</summary>
    public IReadOnlyList<ChildAnswer> Asked { get; private set; } = [];

    /// <summary>The only child to answer for; null for all together.</summary>
    public Guid? Only { get; private set; }

    /// <summary>What is wrong with what was sent; null: nothing.</summary>
    public string? Fault { get; private set; }

    public string? OtherAdult { get; private set; }

    public async Task<IActionResult> OnGetAsync(string code, [FromQuery(Name = "for")] Guid? only, CancellationToken cancellation) =>
        await LookAsync(code, only, cancellation) ? Page() : Unknown();

    public async Task<IActionResult> OnPostAsync(
        string code, [FromQuery(Name = "for")] Guid? only, [FromForm] string? answer, [FromForm] string? otherAdult, [FromForm] int version,
        CancellationToken cancellation)
    {
        if (!await LookAsync(code, only, cancellation))
        {
            return Unknown();
        }

        // What was on the page may be out of date by now: the page as it is says so better than a fault would.
        if (View.State is not ConfirmState.Open || version != View.Session.TimeVersion)
        {
            return Back();
        }

        OtherAdult = SingleLine.ToSingleLine(otherAdult ?? "");
        if (GetKind(answer) is not { } kind)
        {
            return Ask("Press one of the three answers.");
        }

        if (kind is AnswerKind.AnotherAdult && OtherAdult.Length is 0 or > Said.LongestName)
        {
            return Ask(OtherAdult.Length == 0 ? "Who will be there? A name such as Gran will do." : $"Please use at most {Said.LongestName} letters.");
        }

        var source = await machines.IsOneAsync(View.Visit.Link, Request.Headers.UserAgent, cancellation) ? AnswerSource.UnsurePress : AnswerSource.Page;
        var said = new Said(kind, kind is AnswerKind.AnotherAdult ? OtherAdult : null, source, Now);
        await answers.GiveAsync(View.Session, View.Visit.Carer.Id, [.. Asked.Select(c => c.Child.Id)], said, cancellation);
        return Back();
    }

    public async Task<IActionResult> OnPostUndoAsync(string code, [FromQuery(Name = "for")] Guid? only, CancellationToken cancellation)
    {
        if (!await LookAsync(code, only, cancellation))
        {
            return Unknown();
        }

        if (View.State is ConfirmState.Open)
        {
            await answers.TakeBackAsync(View.Session, View.Visit.Carer.Id, [.. Asked.Select(c => c.Child.Id)], cancellation);
        }

        return Back();
    }

    private async Task<bool> LookAsync(string code, Guid? only, CancellationToken cancellation)
    {
        if (await lookup.LookAsync(code, cancellation) is not { } view)
        {
            return false;
        }

        View = view;
        School = view.Visit.School;
        Only = view.Children.Count > 1 && view.Children.Any(c => c.Child.Id == only) ? only : null;
        Asked = Only is null ? view.Children : [.. view.Children.Where(c => c.Child.Id == Only)];
        return true;
    }

    private static AnswerKind? GetKind(string? answer) => answer switch
    {
        "present" => AnswerKind.Present,
        "another-adult" => AnswerKind.AnotherAdult,
        "cannot-come" => AnswerKind.CannotCome,
        _ => null,
    };

    private RedirectResult Back() => Redirect($"{Request.Path}{(Only is { } only ? $"?for={only}" : "")}");

    private PageResult Ask(string fault)
    {
        Fault = fault;
        var page = Page();
        page.StatusCode = StatusCodes.Status400BadRequest;
        return page;
    }
}
