using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;

namespace SessionGuard.Platform.Http;

/// <summary>The cookie half of the form token. Over https its name binds it to this host alone.</summary>
internal sealed class FormCookie(IOptions<ServiceOptions> service) : IConfigureOptions<AntiforgeryOptions>
{
    public void Configure(AntiforgeryOptions options)
    {
        var secure = service.Value.PublicUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        options.Cookie.Name = secure ? "__Host-form" : "form";
        options.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.HttpOnly = true;
        options.Cookie.Path = "/";
        options.SuppressXFrameOptionsHeader = true; // ours is stricter
    }
}
