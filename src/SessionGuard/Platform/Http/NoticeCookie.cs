using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;

namespace SessionGuard.Platform.Http;

/// <summary>The cookie that carries what a press did over to the page that shows it. Bound to this host like the others.</summary>
internal sealed class NoticeCookie(IOptions<ServiceOptions> service) : IConfigureOptions<CookieTempDataProviderOptions>
{
    public void Configure(CookieTempDataProviderOptions options)
    {
        var secure = service.Value.PublicUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        options.Cookie.Name = secure ? "__Host-notice" : "notice";
        options.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.HttpOnly = true;
        options.Cookie.Path = "/";
    }
}
