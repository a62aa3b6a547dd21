using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Api;

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

    /// <summary>The route table. Who may call what stands in <c>Composition/Access.cs</c>.</summary>
    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi();
        var api = app.MapGroup("/api/v1");
        api.MapGet("/sessions", SessionEndpoints.ListAsync).WithSummary("Sessions, by their start");
        api.MapGet("/sessions/{id:guid}", SessionEndpoints.FindAsync).WithSummary("One session with its evidence");
        api.MapGet("/people", PeopleEndpoints.ListAsync).WithSummary("Children, carers and adult students, in the order they were entered");
        api.MapPost("/people", PeopleEndpoints.AddAsync).WithSummary("Enters a person");
        api.MapGet("/people/{id:guid}", PeopleEndpoints.FindAsync).WithSummary("One person with those they are tied to");
        api.MapPut("/people/{id:guid}", PeopleEndpoints.ChangeAsync).WithSummary("Replaces what is known of a person; kind and reference stay");
        api.MapPut("/people/{id:guid}/carers/{carer:guid}", CarershipEndpoints.SetAsync).WithSummary("Has a carer answer for a child");
        api.MapDelete("/people/{id:guid}/carers/{carer:guid}", CarershipEndpoints.RemoveAsync).WithSummary("A carer answers for the child no longer");
        api.MapGet("/staff", StaffEndpoints.ListAsync).WithSummary("Who may sign in");
        api.MapPost("/staff", StaffEndpoints.AddAsync).WithSummary("Opens an account");
        api.MapGet("/series", SeriesEndpoints.ListAsync).WithSummary("Classes, in the order they became known");
        api.MapPost("/series", SeriesEndpoints.OpenAsync).WithSummary("Names a meeting that Zoom has, or plans a class there");
        api.MapGet("/series/{id:guid}", SeriesEndpoints.FindAsync).WithSummary("One class");
        api.MapPatch("/series/{id:guid}", SeriesEndpoints.ChangeAsync).WithSummary("Changes a class; what is left out stays");
        api.MapGet("/series/{id:guid}/seats", SeatEndpoints.ListAsync).WithSummary("The places in a class");
        api.MapPost("/series/{id:guid}/seats", SeatEndpoints.GiveAsync).WithSummary("Gives somebody a place");
        api.MapDelete("/seats/{id:guid}", SeatEndpoints.TakeBackAsync).WithSummary("Takes a place back");
        api.MapPost("/seats/{id:guid}/rotate", SeatEndpoints.RotateAsync).WithSummary("Replaces a link that was passed on");
        api.MapGet("/flags", FlagEndpoints.ListAsync).WithSummary("Flags, the most urgent first; those that are open unless a status is asked for");
        api.MapGet("/flags/{id:guid}", FlagEndpoints.FindAsync).WithSummary("One flag with its evidence");
        api.MapPost("/flags/{id:guid}/close", FlagEndpoints.CloseAsync).WithSummary("The lead or the deputy decides on a flag");
        api.MapPost("/flags/{id:guid}/explain", FlagEndpoints.ExplainAsync).WithSummary("The teacher of the class explains it in one line");
        api.MapGet("/inbox/set-aside", InboxEndpoints.ListAsync).WithSummary("Deliveries that were kept and not applied, newest first");
        api.MapPost("/inbox/set-aside/{id:guid}/replay", InboxEndpoints.ReplayAsync).WithSummary("Applies one as if it came now");
    }
}
