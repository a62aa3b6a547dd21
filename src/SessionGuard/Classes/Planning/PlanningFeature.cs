using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Classes.Planning;

internal static class PlanningFeature
{
    public static void AddPlanning(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<SeriesTeachers>();
        builder.Services.AddScoped<ZoomPlanner>();
        builder.Services.AddScoped<OpenSeries>();
        builder.Services.AddScoped<ChangeSeries>();
        builder.Services.AddScoped<SeriesQueries>();
        builder.Services.AddLedgerActions(PlanningActions.All);
    }
}
