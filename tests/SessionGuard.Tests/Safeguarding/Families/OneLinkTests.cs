using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Reminders;
using SessionGuard.School.People;
using SessionGuard.Tests.Platform.Mail;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Safeguarding.Families;

/// <summary>Whoever holds one family's link, the family or the one it was passed on to, and what it opens.</summary>
public sealed class OneLinkTests : IAsyncLifetime
{
    private const string Evil = "evil.test";

    private static readonly string[] Hidden =
        ["Smith", "jo@family.example", "01632 960 077", "Quillfeather", "zoom.us/", "mayas-own", "81234567890", "2017", "Second name"];

    private App _app = null!;
    private FamilySchool _school = null!;
    private Session _tap = null!;
    private Person _jo = null!;
    private Person _maya = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await App.StartAsync(StorageEngine.Sqlite);
        _school = new FamilySchool(_app.Services);
        _tap = await _school.ClassAsync("Tap", App.Noon.AddMinutes(20), topic: "Second name, pwd=81234567890");
        _jo = await _school.CarerAsync("Jo Smith", "jo@family.example");
        _maya = await _school.ChildAsync("Maya Smith", [_jo], _tap);
        await _school.ChildAsync("Ada Quillfeather", [await _school.CarerAsync("Kim Quillfeather", "kim@family.example")], _tap);
        await _school.ChangeAsync<Person>(_jo.Id, p => p.Phone = "01632 960 077");
        await _school.ChangeAsync<Person>(_maya.Id, p => p.BornOn = new DateOnly(2017, 5, 4));
        await _school.LinkAsync(_tap, _maya, "https://us06web.zoom.us/w/81234567890?tk=mayas-own");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData('c', "c/{code}", "c/{code}/not-me")]
    [InlineData('j', "j/{code}")]
    [InlineData('u', "u/{code}")]
    public async Task A_link_opens_its_own_page_and_nothing_else(char kind, params string[] own)
    {
        var code = (await PathAsync(kind))[3..];
        string[] forAnybody =
            ["sign-in", "sign-in/{code}", "sign-out", "not-me", "help-now/{organisation?}", "talk/{organisation?}", "health/live", "health/ready", "metrics", "openapi/{documentName}.json"];
        using var holder = _app.Stranger();
        var opened = new List<string>();
        foreach (var route in _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var pattern = route.RoutePattern.RawText!.Trim('/');
            if (route.Metadata.GetMetadata<StaticAssetDescriptor>() is not null || pattern == "{**path:file}")
            {
                continue;
            }

            var method = route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is [var only, ..] ? new HttpMethod(only) : HttpMethod.Get;
            using var answer = await holder.SendAsync(new HttpRequestMessage(method, PathOf(route, code)));
            if (!answer.IsSuccessStatusCode)
            {
                continue;
            }

            opened.Add(pattern);
            var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()) + answer.Headers;
            Assert.All(Hidden, word => Assert.False(page.Contains(word, StringComparison.OrdinalIgnoreCase), $"{pattern} shows “{word}”."));
            Assert.True(own.Contains(pattern) || !page.Contains("Maya", StringComparison.Ordinal), $"{pattern} shows the child.");
        }

        Assert.Equal(own.Order(StringComparer.Ordinal), opened.Except(forAnybody).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("X-Forwarded-Host")]
    [InlineData("Forwarded")]
    public async Task The_name_that_a_request_says_it_came_to_gets_into_no_page_and_no_mail(string header)
    {
        using var browser = _app.Stranger();
        browser.DefaultRequestHeaders.TryAddWithoutValidation(header, header == "Forwarded" ? $"host={Evil}" : Evil);
        foreach (var path in (string[])[await PathAsync('c'), await PathAsync('j'), await PathAsync('u'), "/sign-in", "/help-now/alder", "/c/AAAAAAAAAAAAAAAAAAAAAA", "/nowhere"])
        {
            using var answer = await browser.GetAsync(path);
            Assert.DoesNotContain(Evil, $"{answer.Headers}{await answer.Content.ReadAsStringAsync()}", StringComparison.Ordinal);
        }

        using var pressed = await (await Form.OpenAsync(browser, await PathAsync('c'))).SendAsync(("answer", "cannot-come"));
        Assert.DoesNotContain(Evil, pressed.Headers.ToString(), StringComparison.Ordinal);
        using var signIn = await (await Form.OpenAsync(browser, "/sign-in")).SendAsync(("email", "lead@alder.example"));
        await SessionGuard.Tests.School.Staff.Browser.SettleAsync(_app);
        await _app.RunAsync<SendRemindersJob>();
        await _app.RunAsync<SendMailJob>();
        var mails = ReceivedMail.In(_app.Folder);
        Assert.Equal(["kim@family.example", "lead@alder.example"], (await _app.OutboxAsync()).Select(m => m.To).Order());
        Assert.All(mails, mail => Assert.Equal("lessons.alder.example", mail.Button.Host));
        Assert.All(mails, mail => Assert.DoesNotContain(Evil, mail.Raw + mail.Text + mail.Html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_loads_and_links_to_nothing_outside_the_service()
    {
        using var holder = _app.Stranger();
        foreach (var kind in "cju")
        {
            var page = await holder.GetStringAsync(await PathAsync(kind));
            Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("=\"//", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_press_that_is_not_from_the_familys_page_changes_nothing()
    {
        var (confirm, join, stop) = (await PathAsync('c'), await PathAsync('j'), await PathAsync('u'));
        using var browser = _app.Stranger();
        var before = await ChangesAsync();
        foreach (var (path, fields) in new[]
        {
            (confirm, "answer=present&version=1"), ($"{confirm}?handler=Undo", "x=1"), ($"{confirm}/not-me", "x=1"), (join, $"with={_maya.Id}"), (stop, ""),
        })
        {
            foreach (var (body, type, site) in new[]
            {
                (fields, "application/x-www-form-urlencoded", "none"), ($"{fields}&__RequestVerificationToken=made-up", "application/x-www-form-urlencoded", "cross-site"),
                (path == stop ? "List-Unsubscribe=One-Click" : fields, "text/plain", "cross-site"),
            })
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, System.Text.Encoding.UTF8, type) };
                request.Headers.Add("Sec-Fetch-Site", site);
                using var answer = await browser.SendAsync(request);
                Assert.Equal(path == stop ? HttpStatusCode.Redirect : HttpStatusCode.BadRequest, answer.StatusCode);
                Assert.Equal(before, await ChangesAsync());
            }
        }

        using var oneClick = await browser.PostAsync(stop, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
        Assert.Equal((HttpStatusCode.OK, before + 1), (oneClick.StatusCode, await ChangesAsync()));
    }

    private Task<string> PathAsync(char kind) => kind switch
    {
        'c' => _school.ConfirmPathAsync(_jo, _tap),
        'j' => _school.JoinPathAsync(_jo, _tap),
        _ => _school.StopPathAsync(_jo),
    };

    private Task<int> ChangesAsync() => _app.ReadAsync(db => db.Set<SessionGuard.Platform.Ledger.Chain.LedgerEntry>().CountAsync());

    /// <summary>The route with the code, and with ids that a holder could have seen or guessed.</summary>
    private string PathOf(RouteEndpoint route, string code) => "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternParameterPart { Name: "code" } => code,
        RoutePatternParameterPart { Name: "organisation" } => App.Slug,
        RoutePatternParameterPart { Name: "documentName" } => "v1",
        RoutePatternParameterPart => (route.RoutePattern.RawText!.Contains("sessions", StringComparison.Ordinal) ? _tap.Id : _maya.Id).ToString(),
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        _ => throw new InvalidOperationException("A new kind of route part."),
    }))));
}
