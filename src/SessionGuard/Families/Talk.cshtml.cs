using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Organisations;

namespace SessionGuard.Families;

/// <summary>For children: who listens. It says the same to everybody; with a school's short name also who listens there.</summary>
internal sealed class TalkPage(OrganisationDirectory directory, Leads leads) : PageModel
{
    public KnownOrganisation? School { get; private set; }

    public RoleHolder? Lead { get; private set; }

    public async Task OnGetAsync(string? organisation, CancellationToken cancellation)
    {
        School = organisation is null ? null : directory.BySlug(organisation);
        Lead = School is null ? null : await leads.OfAsync(School.Id, cancellation);
    }
}
