using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace SessionGuard.Surfaces.Api;

/// <summary>Says in the OpenAPI document how to be let in.</summary>
internal sealed class BearerInDocument : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = "SessionGuard";
        document.Info.Description = "Times are UTC. Lists are {items, next}; pass next back as cursor. Errors are problem details (RFC 9457).";
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] }];
        return Task.CompletedTask;
    }
}
