using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Retention;
using SessionGuard.Platform.Telemetry;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Zoom.Client;

internal static class ZoomFeature
{
    public static void AddZoomClient(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSettings<ZoomOptions>("Zoom")
            .Validate(o => ZoomOptions.IsSafe(o.ApiBaseUrl), "Zoom:ApiBaseUrl must be an https address.")
            .Validate(o => ZoomOptions.IsSafe(o.TokenUrl), "Zoom:TokenUrl must be an https address.")
            .Validate(o => o.TotalTimeout >= o.AttemptTimeout, "Zoom:TotalTimeout must not be shorter than Zoom:AttemptTimeout.");
        services.AddHttpClient(ZoomHttp.ClientName, client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan; // the pipeline owns the deadlines
                client.DefaultRequestHeaders.UserAgent.ParseAdd("SessionGuard");
            })
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.ActivityHeadersPropagator = OwnTraces.Instance;
                handler.ConnectTimeout = TimeSpan.FromSeconds(3);
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5); // follows Zoom's DNS
                handler.MaxResponseDrainSize = 0; // what we stopped reading is not read after all
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers(); // they write whole addresses
        services.AddSingleton<IOrganisationParts, ZoomCredentialsReader>();
        builder.AddSettings<BudgetRetentionOptions>(KeepFor.Section);
        services.AddExpiries<ZoomExpiries>();
        services.AddSingleton<ZoomFigures>();
        services.AddSingleton<ZoomHttp>();
        services.AddSingleton<ZoomLines>();
        services.AddSingleton<ZoomBudget>();
        services.AddSingleton<ZoomCalls>();
        services.AddSingleton<ZoomReads>();
        services.AddSingleton<ZoomClient>();
    }
}
