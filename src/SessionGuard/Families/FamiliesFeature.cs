using SessionGuard.Families;

namespace SessionGuard;

internal static class FamiliesFeature
{
    public static void AddFamilies(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<CodeGuesses>();
        services.AddScoped<FamilyLinks>();
        services.AddScoped<FamilyDoor>();
        services.AddScoped<FamilyClasses>();
        services.AddScoped<Answers>();
        services.AddScoped<RecordPhoneAnswer>();
        services.AddScoped<MachinePresses>();
        services.AddScoped<ConfirmDoor>();
        services.AddScoped<CheckIns>();
        services.AddScoped<ZoomLinks>();
        services.AddScoped<JoinDoor>();
    }
}
