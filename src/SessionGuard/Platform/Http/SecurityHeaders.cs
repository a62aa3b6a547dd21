using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;

namespace SessionGuard.Platform.Http;

/// <summary>Headers on every answer, errors included. An endpoint that must differ sets its own, and that one stays.</summary>
internal static class SecurityHeaders
{
    private static readonly (string Name, string Value)[] Always =
    [
        ("Content-Security-Policy", ContentPolicy.Strict),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"), // for browsers older than frame-ancestors
        ("Referrer-Policy", "no-referrer"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Robots-Tag", "noindex"),
        ("Cache-Control", "no-store"), // nearly every page names people
    ];

    private static readonly (string Name, string Value) StrictTransport = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains");

    public static void UseSecurityHeaders(this WebApplication app)
    {
        // By the public address, not by the request: a proxy in front may have ended the TLS. Browsers ignore it over plain http.
        var isHttps = app.Services.GetRequiredService<IOptions<ServiceOptions>>().Value.PublicUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        var headers = isHttps && !app.Environment.IsDevelopment() ? [.. Always, StrictTransport] : Always;
        app.Use((context, next) =>
        {
            // As late as possible: the exception handler clears whatever was set before it.
            context.Response.OnStarting(() => Add(context.Response.Headers, headers));
            return next(context);
        });
    }

    private static Task Add(IHeaderDictionary answer, (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
        {
            answer.TryAdd(name, value);
        }

        return Task.CompletedTask;
    }
}
