namespace SessionGuard;

internal static class RemindersFeature
{
    public static void AddReminders(this WebApplicationBuilder builder)
    {
    }
}
