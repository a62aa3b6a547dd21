using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.School.Organisations;

internal static class SetupFeature
{
    /// <summary>What is done once at each start. Registered before anything that works in the background.</summary>
    public static void AddSetup(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<ConfigurationNotes>();
        builder.Services.AddScoped<ConfiguredZoom>();
        builder.Services.AddScoped<ConfiguredLead>();
        builder.Services.AddScoped<ConfiguredOrganisations>();
        builder.Services.AddLedgerActions(OrganisationActions.All);
        builder.Services.AddHostedService<StartUp>();
    }
}
