using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.StaticAssets;
using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Shell;

/// <summary>The policy of every endpoint that brings none of its own: what the <see cref="AccessTable"/> says.</summary>
internal sealed class AccessRequirement : IAuthorizationRequirement
{
    /// <summary>The authentication scheme that tells a browser's cookie from a machine's token.</summary>
    public const string Scheme = "caller";

    public static AuthorizationPolicy Policy { get; } = new([new AccessRequirement()], [Scheme]);
}

internal sealed class AccessHandler(AccessTable table) : AuthorizationHandler<AccessRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessRequirement requirement)
    {
        if (context.Resource is HttpContext http && Allows(http.GetEndpoint(), Viewer.From(context.User)))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    // Only a matched route can give something away: no route means 404, a wrong method 405.
    private bool Allows(Endpoint? endpoint, Viewer? viewer) =>
        endpoint is not RouteEndpoint route
        || route.Metadata.GetMetadata<StaticAssetDescriptor>() is not null
        || table.Allows(route, viewer);
}
