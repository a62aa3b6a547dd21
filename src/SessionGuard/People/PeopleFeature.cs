namespace SessionGuard;

internal static class PeopleFeature
{
    public static void AddPeople(this WebApplicationBuilder builder)
    {
    }
}
