using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Composition;
using SessionGuard.Platform.Http;
using SessionGuard.Platform.Jobs.Hangfire;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;
using SessionGuard.Surfaces.Shell;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Jobs;

/// <summary>Hangfire's pages are ours: the same table says who may come, and the same policy what they may load.</summary>
public sealed partial class HangfireDashboardTests(SchoolApp fixture) : IClassFixture<SchoolApp>
{
    private const string Home = "/jobs/hangfire";

    public static TheoryData<Who> Everybody { get; } = [.. Enum.GetValues<Who>()];

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task Its_pages_scripts_and_figures_answer_admin_and_lead_and_nobody_else(Who who)
    {
        using var browser = await fixture.App.BrowserOfAsync(fixture.School.AccountOf(who));
        var allowed = (Callers.Admin | Callers.Lead).HasFlag(who.RoleOf());
        var token = await TokenOfAsync(browser);
        foreach (var path in new[] { "", "/recurring", "/servers", "/jobs/enqueued", "/nothing", await ScriptAsync() })
        {
            using var page = await browser.GetAsync(Home + path);
            Assert.Equal(path is "/nothing" ? HttpStatusCode.NotFound : HttpStatusCode.OK, allowed ? page.StatusCode : Refused(who, page, path is "/nothing"));
        }

        using var figures = await PostAsync(browser, "/stats", token, "metrics[]=servers:count");
        Assert.Equal(HttpStatusCode.OK, allowed ? figures.StatusCode : Refused(who, figures, missing: false));
    }

    [Theory]
    [InlineData(Who.Lead)]
    [InlineData(Who.LeadElsewhere)]
    [InlineData(Who.Admin)]
    public async Task Where_there_are_several_schools_nobody_may_press_a_button(Who who)
    {
        using var browser = await fixture.App.BrowserOfAsync(fixture.School.AccountOf(who));
        using var pressed = await PostAsync(browser, "/recurring/remove", await TokenOfAsync(browser), "jobs[]=SendMail");
        var page = await browser.GetStringAsync(Home + "/recurring");

        Assert.Equal(HttpStatusCode.Unauthorized, pressed.StatusCode);
        Assert.DoesNotContain("data-url=\"/jobs/hangfire/recurring/remove\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_and_scripts_stand_under_the_services_content_policy_and_name_no_server()
    {
        using var lead = await fixture.App.BrowserOfAsync(fixture.School.Lead);
        foreach (var path in new[] { "", await ScriptAsync() })
        {
            using var answer = await lead.GetAsync(Home + path);
            Assert.Equal(ContentPolicy.Strict, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
            Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        }

        var page = await lead.GetStringAsync(Home);
        Assert.Contains("href=\"/icon.svg\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("://", Links().Replace(page, ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_jobs_leads_there()
    {
        using var lead = await fixture.App.BrowserOfAsync(fixture.School.Lead);

        Assert.Contains($"href=\"{Home}\"", await lead.GetStringAsync("/jobs"), StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    internal async Task Where_there_is_one_school_its_admin_has_buttons_and_its_lead_has_none(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        app.Services.GetRequiredService<HangfireSchedule>().TryPutUp(CancellationToken.None);
        using var lead = await app.SignedInAsync(await AccountAsync(app, Role.Lead));
        using var admin = await app.SignedInAsync(await AccountAsync(app, Role.Admin));

        using var byLead = await PostAsync(lead, "/recurring/remove", await TokenOfAsync(lead), "jobs[]=SendMail");
        using var forged = await PostAsync(admin, "/recurring/remove", token: "", "jobs[]=SendMail");
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (byLead.StatusCode, forged.StatusCode));
        Assert.Contains(Turns.All(app), j => j.Id == "SendMail");

        using var byAdmin = await PostAsync(admin, "/recurring/remove", await TokenOfAsync(admin), "jobs[]=SendMail");
        Assert.Equal(HttpStatusCode.NoContent, byAdmin.StatusCode);
        Assert.DoesNotContain(Turns.All(app), j => j.Id == "SendMail");
        Assert.Contains("Take in what Zoom told", await lead.GetStringAsync(Home + "/recurring"), StringComparison.Ordinal);
    }

    private static async Task<Account> AccountAsync(App app, Role role)
    {
        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var account = await scope.ServiceProvider.GetRequiredService<StaffAccounts>().EnsureAsync(
            app.School.Id, $"{role}@alder.example", $"The {role}", role, CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<SessionGuardDb>().SaveChangesAsync();
        return account;
    }

    /// <summary>Where one of its scripts lies: its name has the version in it.</summary>
    private async Task<string> ScriptAsync()
    {
        using var lead = await fixture.App.BrowserOfAsync(fixture.School.Lead);
        return Script().Match(await lead.GetStringAsync(Home)).Groups["path"].Value;
    }

    /// <summary>What a page gives its scripts to send along; empty where no page is given.</summary>
    private static async Task<string> TokenOfAsync(HttpClient browser)
    {
        using var page = await browser.GetAsync(Home);
        if (page.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            foreach (var cookie in cookies)
            {
                var kept = browser.DefaultRequestHeaders.TryGetValues("Cookie", out var before) ? $"{string.Join("; ", before)}; " : "";
                browser.DefaultRequestHeaders.Remove("Cookie");
                browser.DefaultRequestHeaders.Add("Cookie", kept + cookie.Split(';')[0]);
            }
        }

        return Token().Match(await page.Content.ReadAsStringAsync()).Groups["token"].Value;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient browser, string path, string token, string form)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Home + path)
        {
            Content = new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.Add("RequestVerificationToken", token.Length > 0 ? token : "none");
        return browser.SendAsync(request);
    }

    /// <summary>Nobody is sent to sign in, as from every page; staff of another role are told no.</summary>
    private static HttpStatusCode Refused(Who who, HttpResponseMessage answer, bool missing)
    {
        Assert.Equal(who is Who.Nobody ? HttpStatusCode.Redirect : HttpStatusCode.Forbidden, answer.StatusCode);
        if (who is Who.Nobody)
        {
            Assert.Contains("/sign-in?", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        }

        return missing ? HttpStatusCode.NotFound : HttpStatusCode.OK;
    }

    [GeneratedRegex("src=\"/jobs/hangfire(?<path>/js[^\"]*)\"")]
    private static partial Regex Script();

    [GeneratedRegex("name=\"csrf-token\" content=\"(?<token>[^\"]*)\"|csrf-token[^>]*content=\"(?<token>[^\"]*)\"")]
    private static partial Regex Token();

    /// <summary>Hangfire's own page, which it links to.</summary>
    [GeneratedRegex("href=\"https?://[^\"]*\"")]
    private static partial Regex Links();
}
