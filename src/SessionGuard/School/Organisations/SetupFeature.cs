using SessionGuard.School.Staff;

namespace SessionGuard.School.Organisations;

internal static class SetupFeature
{
    /// <summary>What is done once at each start. Registered before anything that works in the background.</summary>
    public static void AddSetup(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<StaffAccounts>();
        builder.Services.AddScoped<ConfigurationNotes>();
        builder.Services.AddScoped<ConfiguredZoom>();
        builder.Services.AddScoped<ConfiguredLead>();
        builder.Services.AddScoped<ConfiguredOrganisations>();
        builder.Services.AddHostedService<StartUp>();
    }
}
