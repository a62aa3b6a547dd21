using Microsoft.AspNetCore.Mvc.RazorPages;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Safeguarding.Families;

/// <summary>For children: who listens. It says the same to everybody; with a school's short name also who listens there.</summary>
internal sealed class TalkPage(OrganisationDirectory directory) : PageModel
{
    public KnownOrganisation? School { get; private set; }

    public void OnGet(string? organisation) => School = organisation is null ? null : directory.BySlug(organisation);
}
