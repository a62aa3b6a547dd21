using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Platform.Text;
using SessionGuard.Safeguarding.Overview;
using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Today;

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

        var tomorrow = time.GetStart(time.Today.AddDays(1));
        Today = (await sessions.ListAsync(new SessionFilter(time.GetStart(time.Today), tomorrow), null, Most, cancellation)).Items;
        ThisWeek = (await sessions.ListAsync(new SessionFilter(tomorrow, time.GetStart(time.Today.AddDays(8))), null, Most, cancellation)).Items;
        return Page();
    }
}
