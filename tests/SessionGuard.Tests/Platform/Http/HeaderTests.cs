using System.Net;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Sessions;
using SessionGuard.Composition;
using SessionGuard.School.People;
using SessionGuard.Surfaces.Shell;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Http;

public sealed class HeaderTests(SchoolApp fixture) : IClassFixture<SchoolApp>
{
    [Fact]
    public async Task Every_page_says_what_it_may_load_who_may_frame_it_and_that_nobody_keeps_it()
    {
        foreach (var route in Pages())
        {
            using var visitor = await fixture.App.BrowserOfAsync(VisitorOf(SchoolAccess.Table.Find(route)!.Value));
            using var answer = await visitor.GetAsync(await PathOfAsync(route.RoutePattern.RawText!));
            var shown = answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect;
            Assert.True(shown, $"{route.RoutePattern.RawText}: {answer.StatusCode}");
            Check(route.RoutePattern.RawText!, answer);
        }
    }

    [Theory]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/c/AAAAAAAAAAAAAAAAAAAAAA", HttpStatusCode.NotFound)]
    [InlineData("/j/AAAAAAAAAAAAAAAAAAAAAA", HttpStatusCode.NotFound)]
    [InlineData("/u/AAAAAAAAAAAAAAAAAAAAAA/not-me", HttpStatusCode.NotFound)]
    [InlineData("/jobs", HttpStatusCode.Redirect)]
    [InlineData("/api/v1/people", HttpStatusCode.Unauthorized)]
    public async Task A_page_that_is_not_shown_says_the_same(string path, HttpStatusCode status)
    {
        using var stranger = fixture.App.Stranger();
        using var answer = await stranger.GetAsync(path);
        Assert.Equal(status, answer.StatusCode);
        Check(path, answer);
    }

    /// <summary>Only a page whose form ends at Zoom may send forms there; everything else is the service's own.</summary>
    private static void Check(string path, HttpResponseMessage answer)
    {
        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
        Assert.Equal(path.TrimStart('/').StartsWith("j/{", StringComparison.Ordinal), policy.Contains("https:", StringComparison.Ordinal));
        foreach (var (name, value) in new[]
        {
            ("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer"), ("X-Robots-Tag", "noindex"), ("X-Frame-Options", "DENY"),
            ("X-Content-Type-Options", "nosniff"), ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
        })
        {
            Assert.True(answer.Headers.GetValues(name).Any(v => v.Contains(value, StringComparison.Ordinal)), $"{path}: {name}");
        }

        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [])
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            Assert.All((string[])["secure", "httponly", "samesite", "path=/"], word => Assert.Contains(word, cookie, StringComparison.OrdinalIgnoreCase));
        }
    }

    private IEnumerable<RouteEndpoint> Pages() => fixture.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(route => route.Metadata.GetMetadata<PageActionDescriptor>() is not null);

    private SessionGuard.School.Staff.Account? VisitorOf(Callers callers) =>
        callers.HasFlag(Callers.Stranger) ? null
        : callers.HasFlag(Callers.Lead) ? fixture.School.Lead
        : fixture.School.Admin;

    private async Task<string> PathOfAsync(string route)
    {
        var (carer, session) = await fixture.App.ReadAsync(async db => (
            await db.Set<Person>().SingleAsync(p => p.Id == fixture.School.People.MayasCarer),
            await db.Set<Session>().SingleAsync(s => s.Id == fixture.School.Ready)));
        var families = new FamilySchool(fixture.App.Services);
        return "/" + route.Trim('/') switch
        {
            "c/{code}" => (await families.ConfirmPathAsync(carer, session))[1..],
            "c/{code}/not-me" => $"{(await families.ConfirmPathAsync(carer, session))[1..]}/not-me",
            "j/{code}" => (await families.JoinPathAsync(carer, session))[1..],
            "u/{code}" => (await families.StopPathAsync(carer))[1..],
            var page => page.Replace("{id:guid?}", $"{fixture.School.Flag}", StringComparison.Ordinal)
                .Replace("{id:guid}", $"{fixture.School.Live}", StringComparison.Ordinal)
                .Replace("{organisation?}", "alder", StringComparison.Ordinal)
                .Replace("{code}", "x", StringComparison.Ordinal),
        };
    }
}
