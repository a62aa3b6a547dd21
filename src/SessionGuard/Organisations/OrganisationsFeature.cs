namespace SessionGuard.Organisations;

internal static class OrganisationsFeature
{
    public static void AddOrganisations(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OrganisationDirectory>();
        builder.Services.AddScoped<ConfiguredOrganisations>();
        builder.Services.AddScoped<Accounts.StaffAccounts>();
    }
}
