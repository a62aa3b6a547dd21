using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.School.Organisations;

namespace SessionGuard.Platform.Tenancy;

internal static class OrganisationsFeature
{
    public static void AddOrganisations(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OrganisationDirectory>();
        builder.Services.AddHostedService<FollowOrganisations>();
        builder.Services.AddLedgerActions(OrganisationActions.All);
    }
}
