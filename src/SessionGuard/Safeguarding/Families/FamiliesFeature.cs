using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Retention;
using SessionGuard.Safeguarding.Answers;

namespace SessionGuard.Safeguarding.Families;

internal static class FamiliesFeature
{
    public static void AddFamilies(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<CodeGuesses>();
        services.AddScoped<FamilyLinks>();
        services.AddScoped<FamilyLinkLookup>();
        services.AddScoped<FamilyClasses>();
        services.AddScoped<FamilyEvidence>();
        services.AddScoped<RecordPhoneAnswer>();
        services.AddScoped<MachinePresses>();
        services.AddScoped<ConfirmLookup>();
        services.AddScoped<CheckIns>();
        services.AddScoped<ZoomLinks>();
        services.AddScoped<JoinLookup>();
        services.AddExpiries<FamilyExpiries>();
        services.AddLedgerActions(FamilyActions.All);
    }
}
