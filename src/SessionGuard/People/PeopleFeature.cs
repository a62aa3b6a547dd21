using SessionGuard.People;

namespace SessionGuard;

internal static class PeopleFeature
{
    public static void AddPeople(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<PeopleRegister>();
        builder.Services.AddScoped<PeopleQueries>();
    }
}
