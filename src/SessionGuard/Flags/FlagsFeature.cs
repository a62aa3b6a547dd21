namespace SessionGuard;

internal static class FlagsFeature
{
    public static void AddFlags(this WebApplicationBuilder builder)
    {
    }
}
