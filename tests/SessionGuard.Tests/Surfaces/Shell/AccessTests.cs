using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Composition;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Shell;

public sealed class AccessTests(SchoolApp fixture) : IClassFixture<SchoolApp>
{
    public static TheoryData<Who> Everybody { get; } = [.. Enum.GetValues<Who>()];

    [Fact]
    public void Every_route_has_a_row_in_the_table() =>
        Assert.Empty(Routes().Where(route => SchoolAccess.Table.Find(route) is null).Select(route => route.RoutePattern.RawText));

    [Fact]
    public void Every_row_in_the_table_has_a_route()
    {
        var routes = Routes().SelectMany(route => (string[])[route.RoutePattern.RawText!.Trim('/'), $"{MethodOf(route)} {route.RoutePattern.RawText.Trim('/')}"]);
        Assert.Empty(Access.Routes.Keys.Except(routes, StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task Each_route_answers_those_in_its_row_and_nobody_else(Who who)
    {
        using var page = await BrowserOfAsync(who);
        using var machine = MachineOf(who);
        foreach (var route in Routes())
        {
            var path = PathOf(route);
            using var response = await (path.StartsWith("/api/", StringComparison.Ordinal) ? machine : page).SendAsync(
                new HttpRequestMessage(MethodOf(route), path), HttpCompletionOption.ResponseHeadersRead); // one of them never ends

            var allowed = SchoolAccess.Table.Find(route)!.Value.HasFlag(who.RoleOf());
            Assert.True(allowed == !IsRefusal(response), $"{who} at {path}: {response.StatusCode}");
        }
    }

    [Theory]
    [InlineData(Who.Nobody, "own", HttpStatusCode.Unauthorized)]
    [InlineData(Who.Teacher, "own", HttpStatusCode.OK)]
    [InlineData(Who.Teacher, "colleague's", HttpStatusCode.NotFound)]
    [InlineData(Who.Teacher, "other school's", HttpStatusCode.NotFound)]
    [InlineData(Who.OtherTeacher, "own", HttpStatusCode.NotFound)]
    [InlineData(Who.OtherTeacher, "colleague's", HttpStatusCode.OK)]
    [InlineData(Who.Newcomer, "own", HttpStatusCode.NotFound)]
    [InlineData(Who.Lead, "own", HttpStatusCode.OK)]
    [InlineData(Who.Lead, "colleague's", HttpStatusCode.OK)]
    [InlineData(Who.Lead, "other school's", HttpStatusCode.NotFound)]
    [InlineData(Who.Deputy, "own", HttpStatusCode.OK)]
    [InlineData(Who.Deputy, "other school's", HttpStatusCode.NotFound)]
    [InlineData(Who.Admin, "own", HttpStatusCode.OK)]
    [InlineData(Who.Admin, "other school's", HttpStatusCode.NotFound)]
    [InlineData(Who.LeadElsewhere, "own", HttpStatusCode.NotFound)]
    [InlineData(Who.LeadElsewhere, "other school's", HttpStatusCode.OK)]
    public async Task A_session_is_there_for_its_teacher_and_its_school_alone(Who who, string whose, HttpStatusCode expected)
    {
        var school = fixture.School;
        var id = whose switch { "own" => school.Ready, "colleague's" => school.OfOtherTeacher, _ => school.Elsewhere };
        using var page = await BrowserOfAsync(who);
        using var machine = MachineOf(who);

        Assert.Equal(expected, (await machine.GetAsync($"/api/v1/sessions/{id}")).StatusCode);
        Assert.Equal(who is Who.Nobody ? HttpStatusCode.Redirect : expected, (await page.GetAsync($"/sessions/{id}")).StatusCode);
    }

    [Fact]
    public async Task What_belongs_to_another_school_looks_like_what_never_was()
    {
        using var lead = MachineOf(Who.Lead);
        var theirs = await lead.GetStringAnswerAsync($"/api/v1/sessions/{fixture.School.Elsewhere}");
        var nobodys = await lead.GetStringAnswerAsync($"/api/v1/sessions/{Guid.CreateVersion7()}");

        Assert.Equal(nobodys, theirs);
    }

    [Fact]
    public async Task The_api_takes_no_cookie()
    {
        using var browser = await BrowserOfAsync(Who.Lead);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/sessions")).StatusCode);
    }

    [Fact]
    public async Task Pages_take_no_token()
    {
        using var machine = MachineOf(Who.Lead);
        Assert.Equal(HttpStatusCode.Redirect, (await machine.GetAsync("/sessions")).StatusCode);
    }

    [Fact]
    public async Task Nobody_is_sent_to_the_sign_in_page_and_comes_back()
    {
        using var stranger = fixture.App.Stranger();
        var answer = await stranger.GetAsync("/jobs");
        Assert.StartsWith("https://localhost/sign-in?", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("%2Fjobs", answer.Headers.Location.Query, StringComparison.Ordinal);
    }

    private static bool IsRefusal(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        || response.Headers.Location?.ToString().Contains("/sign-in?", StringComparison.Ordinal) == true;

    private List<RouteEndpoint> Routes() =>
    [
        .. fixture.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<StaticAssetDescriptor>() is null),
    ];

    /// <summary>The route with real values: an own session where an id is asked for.</summary>
    private string PathOf(RouteEndpoint route) => "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternParameterPart { Name: "id" } => fixture.School.Ready.ToString(),
            RoutePatternParameterPart { ParameterPolicies: [{ Content: "guid" }] } => Guid.Empty.ToString(),
            RoutePatternParameterPart { Name: "documentName" } => "v1",
            RoutePatternParameterPart { Name: "organisation" } => "nowhere",
            RoutePatternParameterPart => "x",
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            _ => throw new InvalidOperationException("A new kind of route part."),
        }))));

    private static HttpMethod MethodOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is [var method, ..] ? new HttpMethod(method) : HttpMethod.Get;

    private Task<HttpClient> BrowserOfAsync(Who who) => fixture.App.BrowserOfAsync(fixture.School.AccountOf(who));

    private HttpClient MachineOf(Who who) => fixture.App.MachineOf(fixture.School.AccountOf(who));
}
