using System.Net;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Demo;

/// <summary>The demo's pages in a service that is no demo.</summary>
public sealed class DemoPageTests
{
    [Theory]
    [InlineData("/demo")]
    [InlineData("/demo/windows/teacher")]
    [InlineData("/demo/windows/family")]
    [InlineData("/demo/windows/lead")]
    public async Task Outside_the_demo_there_is_no_such_page(string path)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        using var stranger = app.Stranger();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(path)).StatusCode);
    }
}
