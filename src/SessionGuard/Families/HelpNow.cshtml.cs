using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Organisations;

namespace SessionGuard.Families;

/// <summary>For adults who worry about a child: whom to ring, in which order.</summary>
internal sealed class HelpNowPage(OrganisationDirectory directory, Leads leads) : PageModel
{
    public KnownOrganisation? School { get; private set; }

    public RoleHolder? Lead { get; private set; }

    public async Task OnGetAsync(string? organisation, CancellationToken cancellation)
    {
        School = organisation is null ? null : directory.BySlug(organisation);
        Lead = School is null ? null : await leads.OfAsync(School.Id, cancellation);
    }
}
