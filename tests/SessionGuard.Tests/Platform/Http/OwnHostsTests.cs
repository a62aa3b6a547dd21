using System.Net;
using System.Text;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;

namespace SessionGuard.Tests.Platform.Http;

public sealed class OwnHostsTests
{
    private const string Evil = "evil.test";

    [Theory]
    [InlineData("lessons.alder.example", "", HttpStatusCode.OK)]
    [InlineData("LESSONS.alder.example:8443", "", HttpStatusCode.OK)]
    [InlineData("localhost:5080", "", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", "", HttpStatusCode.OK)]
    [InlineData(Evil, "", HttpStatusCode.MisdirectedRequest)]
    [InlineData("lessons.alder.example.evil.test", "", HttpStatusCode.MisdirectedRequest)]
    [InlineData("inside", "", HttpStatusCode.MisdirectedRequest)]
    [InlineData("inside", "other, inside", HttpStatusCode.OK)]
    [InlineData(Evil, "*", HttpStatusCode.OK)]
    public async Task Pages_answer_to_their_own_names(string host, string others, HttpStatusCode expected)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, new() { ["Web:OtherHosts"] = others });

        var (status, told) = await AskAsync(app, host, "/sign-in");

        Assert.Equal(expected, status);
        Assert.DoesNotContain(Evil, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_another_name_the_api_says_so_and_machines_and_Zoom_are_answered_all_the_same()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);

        var (status, told) = await AskAsync(app, Evil, "/api/v1/sessions");
        Assert.Equal(HttpStatusCode.MisdirectedRequest, status);
        Assert.Contains("PublicUrl", told, StringComparison.Ordinal);
        foreach (var path in (string[])["/health/live", "/health/ready", "/metrics"])
        {
            Assert.Equal(HttpStatusCode.OK, (await AskAsync(app, Evil, path)).Status);
        }

        using var zoom = app.Stranger();
        using var delivery = ZoomSigned.Request(App.Slug, App.WebhookSecret, app.Clock.GetUtcNow(), Encoding.UTF8.GetBytes(Deliveries.Joined(1)));
        delivery.Headers.Host = Evil;
        using var answer = await zoom.SendAsync(delivery);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<(HttpStatusCode Status, string Told)> AskAsync(App app, string host, string path)
    {
        using var client = app.Stranger();
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, $"{answer.Headers}{await answer.Content.ReadAsStringAsync()}");
    }
}
