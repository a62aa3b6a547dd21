using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Accounts;
using SessionGuard.Sessions;

namespace SessionGuard.Teaching;

/// <summary>A teacher's first page: today, then the week. Every other role starts at the list.</summary>
internal sealed class HomeModel(SessionQueries sessions, Viewer viewer, LocalTime time) : PageModel
{
    private const int Most = 100;

    public IReadOnlyList<SessionView> Today { get; private set; } = [];

    public IReadOnlyList<SessionView> ThisWeek { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (viewer.Role is not Role.Teacher)
        {
            return Redirect("/sessions");
        }

        var tomorrow = time.StartOf(time.Today.AddDays(1));
        Today = (await sessions.ListAsync(new SessionFilter(time.StartOf(time.Today), tomorrow), null, Most, cancellation)).Items;
        ThisWeek = (await sessions.ListAsync(new SessionFilter(tomorrow, time.StartOf(time.Today.AddDays(8))), null, Most, cancellation)).Items;
        return Page();
    }
}
