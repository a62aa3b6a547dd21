using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionGuard.School.Staff;

namespace SessionGuard.Tests.Surfaces.Shell;

/// <summary>Somebody who opens pages or calls the API.</summary>
internal static partial class Visits
{
    private static readonly Uri Address = new("https://localhost");

    /// <summary>A browser of somebody who is not signed in. It follows no redirect: where it is sent is what tests look at.</summary>
    public static HttpClient Stranger(this WebApplicationFactory<Program> app) =>
        app.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = Address, AllowAutoRedirect = false });

    public static async Task<HttpClient> SignedInAsync(this WebApplicationFactory<Program> app, Account account)
    {
        var client = app.Stranger();
        var (name, value) = await CookieAsync(app.Services, account);
        client.DefaultRequestHeaders.Add("Cookie", $"{name}={value}");
        return client;
    }

    public static HttpClient WithToken(this WebApplicationFactory<Program> app, Account account) =>
        app.WithToken(new Viewer(account.Id, account.OrganisationId, account.Role));

    public static HttpClient WithToken(this WebApplicationFactory<Program> app, Viewer viewer)
    {
        var client = app.Stranger();
        var token = app.Services.GetRequiredService<Tokens>().Issue(viewer, TimeSpan.FromHours(1));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Status and body, without the number that differs from request to request.</summary>
    public static async Task<string> GetStringAnswerAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return $"{(int)response.StatusCode} {TraceId().Replace(await response.Content.ReadAsStringAsync(), "")}";
    }

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex TraceId();

    /// <summary>The cookie that the account's browser holds after signing in.</summary>
    public static async Task<(string Name, string Value)> CookieAsync(IServiceProvider services, Account account)
    {
        await using var scope = services.CreateAsyncScope();
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var principal = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Account>>().CreateAsync(account);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var properties = new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddHours(1) };
        properties.SetString("sg:begun", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var ticket = new AuthenticationTicket(principal, properties, IdentityConstants.ApplicationScheme);
        return (options.Cookie.Name!, options.TicketDataFormat.Protect(ticket));
    }
}
