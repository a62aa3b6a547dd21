using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Safeguarding.Families;

/// <summary>For adults who worry about a child: whom to ring, in which order.</summary>
internal sealed class HelpNowPage(OrganisationDirectory directory) : PageModel
{
    public KnownOrganisation? School { get; private set; }

    public void OnGet(string? organisation) => School = organisation is null ? null : directory.BySlug(organisation);
}
