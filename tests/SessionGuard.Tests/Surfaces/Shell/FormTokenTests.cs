using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Composition;
using SessionGuard.School.Staff;
using SessionGuard.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Shell;

/// <summary>Every route that takes a POST, found in the table of routes: without a form token it changes nothing.</summary>
public sealed class FormTokenTests(SchoolApp fixture) : IClassFixture<SchoolApp>
{
    /// <summary>A mail program's one click (RFC 8058) has no page to take a token from; the code in the address is what it shows.</summary>
    private const string OneClick = "u/{code}";

    [Fact]
    public async Task A_page_takes_no_post_without_a_token()
    {
        var pages = (await Presses.OfPagesAsync(fixture.App)).Where(b => b.Page.RoutePattern.RawText!.Trim('/') != OneClick).ToList();
        Assert.NotEmpty(pages);
        foreach (var (page, handler) in pages)
        {
            var route = page.RoutePattern.RawText!.Trim('/');
            using var visitor = await fixture.App.BrowserOfAsync(VisitorOf(SchoolAccess.Table.Find(page)!.Value));
            var path = Path(route) + (handler.Length > 0 ? $"?handler={handler}" : "");
            foreach (var token in (string?[])[null, "made-up"])
            {
                KeyValuePair<string, string>[] fields = token is null ? [] : [new("__RequestVerificationToken", token)];
                using var answer = await visitor.PostAsync(path, new FormUrlEncodedContent(fields));
                Assert.True(answer.StatusCode is HttpStatusCode.BadRequest, $"{route} {handler}, token {token ?? "none"}: {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task What_takes_a_post_and_no_token_is_the_door_the_one_click_and_what_asks_for_a_bearer()
    {
        var others = Routes().Where(r => r.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("POST") == true).ToList();
        Assert.NotEmpty(others);
        Assert.All(others, route => Assert.StartsWith("/api/", route.RoutePattern.RawText, StringComparison.Ordinal));

        using var stranger = fixture.App.Stranger();
        using var signedIn = await fixture.App.SignedInAsync(fixture.School.Admin);
        foreach (var route in others)
        {
            var path = $"/{Path(route.RoutePattern.RawText!.Trim('/'))[1..]}";
            using var byNobody = await stranger.PostAsync(path, JsonContent.Create(new { }));
            using var byCookie = await signedIn.PostAsync(path, JsonContent.Create(new { }));
            Assert.Equal((path, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (path, byNobody.StatusCode, byCookie.StatusCode));
        }
    }

    [Fact]
    public async Task A_page_that_has_no_handler_for_a_method_or_a_button_is_not_drawn()
    {
        using var pen = await Pen.OfAsync(fixture.App, fixture.School.Lead);
        using var lead = await fixture.App.SignedInAsync(fixture.School.Lead);
        foreach (var path in (string[])["/jobs", "/sessions", $"/sessions/{fixture.School.Live}", "/flags"])
        {
            foreach (var method in (string[])["OPTIONS", "TRACE"])
            {
                using var asked = await lead.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
                Assert.Equal((path, method, HttpStatusCode.MethodNotAllowed), (path, method, asked.StatusCode));
            }

            using var pressed = await pen.SendAsync($"{path}?handler=Nonsense");
            Assert.Equal((path, HttpStatusCode.MethodNotAllowed), (path, pressed.StatusCode));
        }
    }

    [Fact]
    public async Task Nothing_that_names_people_is_kept_by_a_browser_or_a_proxy()
    {
        using var admin = fixture.App.WithToken(fixture.School.Admin);
        foreach (var route in Routes().Where(r => r.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)
            && r.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("GET")))
        {
            using var answer = await admin.GetAsync(Path(route.RoutePattern.RawText!.Trim('/')));
            Assert.Contains("no-store", string.Join(',', answer.Headers.GetValues("Cache-Control")), StringComparison.Ordinal);
        }
    }

    private IEnumerable<RouteEndpoint> Routes() => fixture.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private Account? VisitorOf(Callers callers) =>
        callers.HasFlag(Callers.Stranger) ? null
        : callers.HasFlag(Callers.Lead) ? fixture.School.Lead
        : callers.HasFlag(Callers.Teacher) ? fixture.School.Teacher
        : fixture.School.Admin;

    private string Path(string route) => "/" + route
        .Replace("{id:guid?}", $"{fixture.School.Flag}", StringComparison.Ordinal)
        .Replace("{id:guid}", $"{fixture.School.Live}", StringComparison.Ordinal)
        .Replace("{carer:guid}", $"{Guid.Empty}", StringComparison.Ordinal)
        .Replace("{organisation?}", "alder", StringComparison.Ordinal)
        .Replace("{code}", "AAAAAAAAAAAAAAAAAAAAAA", StringComparison.Ordinal);
}
