using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Text;
using SessionGuard.Safeguarding.Overview;

namespace SessionGuard.Surfaces.Class;

/// <summary>All classes the viewer may see. What is chosen stands in the address, so that it can be kept and passed on.</summary>
internal sealed class IndexModel(SessionQueries sessions, LocalTime time) : PageModel
{
    private const int PageSize = 50;

    /// <summary><c>past</c>, or anything else for what is coming up.</summary>
    [BindProperty(SupportsGet = true)]
    public string? When { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Attention { get; set; }

    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public bool IsPast => When is "past";

    public bool IsLaterPage { get; private set; }

    public IReadOnlyList<SessionView> Today { get; private set; } = [];

    public IReadOnlyList<SessionView> Listed { get; private set; } = [];

    public string? Next { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var (today, tomorrow) = (time.GetStart(time.Today), time.GetStart(time.Today.AddDays(1)));
        var after = After is null ? null : SessionCursor.Parse(After);
        IsLaterPage = after is not null;
        if (!IsPast && !IsLaterPage)
        {
            Today = (await sessions.ListAsync(new SessionFilter(today, tomorrow, NeedsAttention: Attention), null, PageSize * 2, cancellation)).Items;
        }

        var filter = IsPast
            ? new SessionFilter(To: today, NeedsAttention: Attention, NewestFirst: true)
            : new SessionFilter(From: tomorrow, NeedsAttention: Attention);
        var page = await sessions.ListAsync(filter, after, PageSize, cancellation);
        Listed = page.Items;
        Next = page.Next;
    }

    /// <summary>This page's address with other choices.</summary>
    public static string Address(bool past, bool attention, string? after = null)
    {
        string?[] chosen = [past ? "when=past" : null, attention ? "attention=true" : null, after is null ? null : $"after={after}"];
        var query = string.Join('&', chosen.OfType<string>());
        return query.Length == 0 ? "/sessions" : $"/sessions?{query}";
    }
}
