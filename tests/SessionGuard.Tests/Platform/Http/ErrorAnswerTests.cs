using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Http;

public sealed class ErrorAnswerTests(SchoolApp fixture) : IClassFixture<SchoolApp>
{
    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/sessions/1")]
    [InlineData("/sessions/00000000-0000-0000-0000-000000000001")]
    public async Task People_get_a_page_that_says_what_happened_what_was_kept_and_what_to_do(string path)
    {
        using var client = await fixture.App.SignedInAsync(fixture.School.Teacher);
        using var response = await client.GetAsync(path);
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("We cannot find that page", page, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed.", page, StringComparison.Ordinal);
        Assert.Contains("Start from the first page.", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nowhere", 404)]
    [InlineData("GET", "/api/v1/sessions/1", 404)]
    [InlineData("DELETE", "/api/v1/sessions", 405)]
    [InlineData("GET", "/api/v1/sessions?limit=0", 400)]
    public async Task Machines_get_problem_details(string method, string path, int status)
    {
        using var client = fixture.App.WithToken(fixture.School.Lead);
        using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
    }

    [Theory]
    [InlineData("/sessions", "text/html")]
    [InlineData("/api/v1/sessions", "application/problem+json")]
    public async Task A_failure_inside_shows_no_internals(string path, string type)
    {
        const string Inside = "SELECT secret FROM somewhere";
        await using var app = await App.StartAsync(StorageEngine.Sqlite, SeededSchool.Settings, services =>
            services.AddScoped<SessionGuard.Safeguarding.Overview.SessionQueries>(_ => throw new InvalidOperationException(Inside)));
        var school = await SeededSchool.PlantAsync(app.Services, app.Clock.GetUtcNow());
        using var client = path.StartsWith("/api", StringComparison.Ordinal) ? app.WithToken(school.Lead) : await app.SignedInAsync(school.Lead);
        using var response = await client.GetAsync(path);
        var body = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("SELECT", body, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperation", body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
        Assert.Contains("default-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sessions")]
    [InlineData("/nowhere")]
    [InlineData("/api/v1/sessions")]
    [InlineData("/health/live")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        using var client = await fixture.App.SignedInAsync(fixture.School.Teacher);
        using var response = await client.GetAsync(path);

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("camera=()", response.Headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("max-age=31536000", response.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task The_style_sheet_is_small_kept_by_browsers_and_asks_nobody_else()
    {
        using var client = fixture.App.Stranger();
        using var response = await client.GetAsync("/site.css");
        var sheet = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.InRange(sheet.Length, 1, 24 * 1024);
        Assert.False(response.Headers.CacheControl!.NoStore);
        Assert.NotNull(response.Headers.ETag);
        Assert.DoesNotContain("http", sheet, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", sheet, StringComparison.Ordinal);
    }
}
