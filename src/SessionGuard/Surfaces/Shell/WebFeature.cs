using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Http;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Platform.Text;
using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Shell;

internal static class WebFeature
{
    public static void AddWeb(this WebApplicationBuilder builder)
    {
        builder.FindWebRoot();
        builder.AddKestrelLimits();
        var services = builder.Services;
        builder.AddSettings<WebOptions>("Web");
        services.AddSingleton<IPostConfigureOptions<ForwardedHeadersOptions>, ReverseProxies>();
        services.AddRazorPages(options => options.RootDirectory = "/").AddMvcOptions(options => options.Filters.Add(new HandledMethods()));
        services.AddAntiforgery();
        services.AddSingleton<IConfigureOptions<Microsoft.AspNetCore.Antiforgery.AntiforgeryOptions>, FormCookie>();
        services.AddSingleton<IConfigureOptions<Microsoft.AspNetCore.Mvc.CookieTempDataProviderOptions>, NoticeCookie>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
            context.ProblemDetails.Extensions["traceId"] = ErrorAnswer.GetReference(context.HttpContext));
        services.AddSingleton<ErrorAnswer>();

        services.AddSingleton<AccessTable>();
        services.AddSingleton<IAuthorizationHandler, AccessHandler>();
        services.AddAuthorizationBuilder().SetFallbackPolicy(AccessRequirement.Policy);
        services.AddSingleton<Navigation>();
        services.AddHttpContextAccessor();
        services.AddScoped(GetViewer);
        services.AddScoped(GetLocalTime);

        services.AddHealthChecks().AddCheck<StorageHealth>("storage");
        builder.AddQuietLogs();
    }

    public static void UseWeb(this WebApplication app)
    {
        var errors = app.Services.GetRequiredService<ErrorAnswer>();
        app.UseOrigin();
        app.UseSecurityHeaders();
        app.UseMiddleware<RequestLog>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = ErrorAnswer.GetStatus,
            ExceptionHandler = errors.WriteAsync,
            SuppressDiagnosticsCallback = _ => true, // the framework would log messages, which may quote people
        });
        app.UseStatusCodePages(context => errors.WriteAsync(context.HttpContext));
        app.UseMiddleware<OwnHosts>();
        app.UseMiddleware<RequestLimits>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(SeeOnlyOwnOrganisation);
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorPages().WithStaticAssets();
        app.MapHealth();
    }

    /// <summary>
    /// From where a request came and over what. Where the public address is https, so is every request: somebody in front has ended the TLS, and
    /// form tokens are refused over anything else.
    /// </summary>
    private static void UseOrigin(this WebApplication app)
    {
        app.UseForwardedHeaders();
        if (app.Services.GetRequiredService<IOptions<ServiceOptions>>().Value.PublicUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
        {
            app.Use((context, next) =>
            {
                context.Request.Scheme = Uri.UriSchemeHttps;
                return next(context);
            });
        }
    }

    /// <summary>After authorization: only then is it certain which scheme the caller came by.</summary>
    private static Task SeeOnlyOwnOrganisation(HttpContext context, RequestDelegate next)
    {
        if (Viewer.From(context.User) is { } viewer)
        {
            context.RequestServices.GetRequiredService<OrganisationScope>().Narrow(viewer.OrganisationId);
        }

        return next(context);
    }

    private static Viewer GetViewer(IServiceProvider provider) =>
        provider.GetRequiredService<IHttpContextAccessor>().HttpContext is { } context && Viewer.From(context.User) is { } viewer
            ? viewer
            : throw new InvalidOperationException("Nobody is signed in here: this route must not let strangers in.");

    private static LocalTime GetLocalTime(IServiceProvider provider)
    {
        var organisation = provider.GetRequiredService<OrganisationDirectory>().ById(provider.GetRequiredService<Viewer>().OrganisationId);
        return new LocalTime(organisation?.TimeZone ?? TimeZoneInfo.Utc, provider.GetRequiredService<TimeProvider>().Now());
    }
}
