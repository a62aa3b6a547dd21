using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Classes.Seats;

internal static class SeatsFeature
{
    public static void AddSeats(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<SeatAddresses>();
        services.AddScoped<Rosters>();
        services.AddScoped<SeatEvidence>();
        services.AddScoped<SeatRegister>();
        services.AddScoped<SeatQueries>();
        services.AddScoped<SeatOutcomes>();
        services.AddScoped<SeatsInZoom>();
        services.AddScoped<ProvideSeats>();
        services.AddScoped<ProvideSeatsJob>();
        services.AddLedgerActions(SeatActions.All);
    }
}
