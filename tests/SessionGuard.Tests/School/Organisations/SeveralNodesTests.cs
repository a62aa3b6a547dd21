using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.School.Staff;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;

namespace SessionGuard.Tests.School.Organisations;

/// <summary>Two nodes with one database and one master key.</summary>
public sealed class SeveralNodesTests
{
    [Fact]
    public async Task A_sign_in_and_a_familys_addresses_work_on_every_node_and_after_each_has_started_again()
    {
        var one = await App.StartAsync(StorageEngine.PostgreSql);
        var two = await BesideAsync(one);
        using var robin = new Browser(one);
        var cookie = Assert.Single((await robin.PressAsync(await robin.AskForLinkAsync())).Cookies, c => c.StartsWith("__Host-staff=", StringComparison.Ordinal)).Split(';')[0];
        var paths = await FamilyPathsAsync(one);
        await WorkAsync(one, cookie, paths);
        await WorkAsync(two, cookie, paths);

        await using var oneAgain = await one.RestartAsync();
        await using var twoAgain = await two.RestartAsync();
        await WorkAsync(oneAgain, cookie, paths);
        await WorkAsync(twoAgain, cookie, paths);
    }

    [Fact]
    public async Task A_sign_in_link_that_one_node_mailed_is_used_on_another_and_then_nowhere_again()
    {
        await using var one = await App.StartAsync(StorageEngine.PostgreSql);
        await using var two = await BesideAsync(one);
        using var asking = new Browser(one);
        using var robin = new Browser(two);
        var link = await asking.AskForLinkAsync();

        Assert.Equal("/", (await robin.PressAsync(link)).Location);
        Assert.True(await robin.IsSignedInAsync());
        Assert.Contains("does not work any more", (await asking.GetAsync(link)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_door_is_off_its_address_is_unknown_and_the_pages_work()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, new() { ["Webhooks:Enabled"] = "false" });
        using var browser = new Browser(app);

        Assert.Equal(HttpStatusCode.NotFound, await app.DeliverAsync(Deliveries.Joined(1)));
        Assert.Equal(200, (await browser.GetAsync("/sign-in")).Status);
        Assert.Empty(await app.InboxAsync());
    }

    private static Task<App> BesideAsync(App node) => App.StartAsync(StorageEngine.PostgreSql, new()
    {
        ["Storage:ConnectionString"] = node.Services.GetRequiredService<PostgresConnections>().ConnectionString,
    });

    private static async Task<string[]> FamilyPathsAsync(App node)
    {
        var school = new FamilySchool(node.Services);
        var (tap, jo) = (await school.ClassAsync("Tap", App.Noon.AddHours(5)), await school.CarerAsync("Jo Smith", "jo@family.example"));
        await school.ChildAsync("Maya Smith", [jo], tap);
        return [await school.ConfirmPathAsync(jo, tap), await school.JoinPathAsync(jo, tap)];
    }

    private static async Task WorkAsync(App node, string cookie, string[] familyPaths)
    {
        using var client = node.CreateClient(new WebApplicationFactoryClientOptions
        {
            BaseAddress = new Uri("https://lessons.alder.example"),
            AllowAutoRedirect = false,
            HandleCookies = false,
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/jobs");
        request.Headers.Add("Cookie", cookie);
        using var staff = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, staff.StatusCode);
        foreach (var path in familyPaths)
        {
            Assert.Contains("Maya", await client.GetStringAsync(path), StringComparison.Ordinal);
        }
    }
}
