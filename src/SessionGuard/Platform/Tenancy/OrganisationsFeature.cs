namespace SessionGuard.Platform.Tenancy;

internal static class OrganisationsFeature
{
    public static void AddOrganisations(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OrganisationDirectory>();
        builder.Services.AddHostedService<FollowOrganisations>();
    }
}
