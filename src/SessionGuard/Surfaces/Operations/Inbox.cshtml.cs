using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;
using SessionGuard.Zoom.Webhooks.Processing;

namespace SessionGuard.Surfaces.Operations;

/// <summary>The deliveries that were kept and not applied, and a button to try each again.</summary>
internal sealed class InboxModel(SetAsideInbox inbox, Viewer viewer) : PageModel
{
    private const int PageSize = 50;

    public IReadOnlyList<SetAsideDelivery> Items { get; private set; } = [];

    public string? Next { get; private set; }

    /// <summary>What the last press of a button came to; null without one.</summary>
    [TempData]
    public string? Note { get; set; }

    public async Task OnGetAsync(Guid? after, CancellationToken cancellation)
    {
        var page = await inbox.ListAsync(after, PageSize, cancellation);
        Items = page.Items;
        Next = page.Next;
    }

    public async Task<IActionResult> OnPostAsync([FromForm] Guid id, CancellationToken cancellation)
    {
        Note = await inbox.ReplayAsync(id, Actor.FromViewer(viewer).Name, cancellation)
            ? "It is being tried again now."
            : "It was tried again already: somebody was quicker.";
        return Redirect("/inbox");
    }
}
