using SessionGuard.Seats;

namespace SessionGuard;

internal static class SeatsFeature
{
    public static void AddSeats(this WebApplicationBuilder builder) => builder.Services.AddScoped<Rosters>();
}
