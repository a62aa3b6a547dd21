namespace SessionGuard;

internal static class SeatsFeature
{
    public static void AddSeats(this WebApplicationBuilder builder)
    {
    }
}
