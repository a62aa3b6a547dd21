using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.School.People;

internal static class PeopleFeature
{
    public static void AddPeople(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<PeopleRegister>();
        builder.Services.AddScoped<PeopleQueries>();
        builder.Services.AddLedgerActions(PeopleActions.All);
    }
}
