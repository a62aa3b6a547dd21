using Hangfire;
using Hangfire.Common;
using Hangfire.Dashboard;
using DashboardRoutes = Hangfire.Dashboard.RouteCollection;

namespace SessionGuard.Platform.Jobs.Hangfire;

/// <summary>
/// Hangfire's own pages, for those who look after the service. Who may open them stands in the table of access, and what they may load in the
/// content policy, as for every page of ours.
/// </summary>
internal static class HangfireDashboard
{
    private const string Address = "/jobs/hangfire";

    private static readonly TimeSpan FiguresEach = TimeSpan.FromSeconds(5);

    /// <param name="maySteer">Who has buttons; everybody else who may come looks only.</param>
    public static void MapHangfireDashboard(this WebApplication app, Func<HttpContext, bool> maySteer)
    {
        // Made by the first who opens it: no start waits for it.
        var pages = new Lazy<RequestDelegate>(() => Create(app, maySteer));
        app.Map(Address + "/{**path}", context => pages.Value(context));
    }

    private static RequestDelegate Create(IEndpointRouteBuilder app, Func<HttpContext, bool> maySteer)
    {
        var services = app.ServiceProvider;
        return app.CreateApplicationBuilder()
            .UsePathBase(Address)
            .UseMiddleware<AspNetCoreDashboardMiddleware>(
                services.GetRequiredService<JobStorage>(), Options(services, maySteer), services.GetRequiredService<DashboardRoutes>(), true)
            .Build();
    }

    private static DashboardOptions Options(IServiceProvider services, Func<HttpContext, bool> maySteer)
    {
        var titles = services.GetServices<ScheduledJob>().ToDictionary(j => j.Name, j => j.Title);
        return new DashboardOptions
        {
            Authorization = [], // the table of access has decided before
            AppPath = "/jobs",
            DashboardTitle = "SessionGuard’s turns",
            FaviconPath = "/icon.svg",
            DisplayStorageConnectionString = false,
            DisplayNameFunc = (_, job) => GetName(job, titles),
            IsReadOnlyFunc = context => !maySteer(context.GetHttpContext()),
            StatsPollingInterval = (int)FiguresEach.TotalMilliseconds,
            TimeZoneResolver = new DefaultTimeZoneResolver(),
        };
    }

    private static string GetName(Job job, Dictionary<string, string> titles) =>
        job.Args is [string name, ..] ? titles.GetValueOrDefault(name, name) : job.Method.Name;
}
