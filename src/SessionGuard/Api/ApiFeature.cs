using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using SessionGuard.Api;

namespace SessionGuard;

internal static class ApiFeature
{
    public static void AddApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddSettings<JwtOptions>("Authentication:Jwt");
        services.AddSingleton<Tokens>();
        services.AddScoped<SessionShape>();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, ConfigureBearer>();
        services.AddAuthentication()
            .AddPolicyScheme(BearerSchemes.Caller, null, options => options.ForwardDefaultSelector = BearerSchemes.Choose)
            .AddJwtBearer(BearerSchemes.Local, _ => { })
            .AddJwtBearer(BearerSchemes.External, _ => { });
        services.AddOpenApi("v1", options => options.AddDocumentTransformer<BearerInDocument>());
    }

    /// <summary>The route table. Who may call what stands in <c>Web/Access.cs</c>.</summary>
    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi();
        var api = app.MapGroup("/api/v1");
        api.MapGet("/sessions", SessionEndpoints.ListAsync).WithSummary("Sessions, by their start");
        api.MapGet("/sessions/{id:guid}", SessionEndpoints.FindAsync).WithSummary("One session with its evidence");
        api.MapGet("/flags", FlagEndpoints.ListAsync).WithSummary("Flags, the most urgent first; those that are open unless a status is asked for");
        api.MapGet("/flags/{id:guid}", FlagEndpoints.FindAsync).WithSummary("One flag with its evidence");
        api.MapPost("/flags/{id:guid}/close", FlagEndpoints.CloseAsync).WithSummary("The lead or the deputy decides on a flag");
        api.MapPost("/flags/{id:guid}/explain", FlagEndpoints.ExplainAsync).WithSummary("The teacher of the class explains it in one line");
        api.MapGet("/inbox/set-aside", InboxEndpoints.ListAsync).WithSummary("Deliveries that were kept and not applied, newest first");
        api.MapPost("/inbox/set-aside/{id:guid}/replay", InboxEndpoints.ReplayAsync).WithSummary("Applies one as if it came now");
    }
}
