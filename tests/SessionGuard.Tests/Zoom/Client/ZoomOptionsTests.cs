using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Tests.Zoom.Client;

public sealed class ZoomOptionsTests
{
    [Fact]
    public void Zooms_own_addresses_are_the_defaults()
    {
        var options = Bind([]);

        Assert.Equal(("https://api.zoom.us/v2/", "https://zoom.us/oauth/token"), (options.ApiBaseUrl.AbsoluteUri, options.TokenUrl.AbsoluteUri));
        Assert.Equal((TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(10)), (options.AttemptTimeout, options.TotalTimeout));
    }

    [Theory]
    [InlineData("Zoom:ApiBaseUrl", "http://api.zoom.example/v2/")]
    [InlineData("Zoom:ApiBaseUrl", "api/v2")]
    [InlineData("Zoom:TokenUrl", "http://zoom.example/oauth/token")]
    [InlineData("Zoom:TokenUrl", "ftp://zoom.example/oauth/token")]
    [InlineData("Zoom:AttemptTimeout", "00:00:00.499")]
    [InlineData("Zoom:AttemptTimeout", "00:00:30.001")]
    [InlineData("Zoom:TotalTimeout", "00:00:00.999")]
    [InlineData("Zoom:TotalTimeout", "00:01:00.001")]
    [InlineData("Zoom:TotalTimeout", "00:00:03.999")]
    public void A_start_with_an_unsafe_or_senseless_value_is_refused(string key, string value)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Bind(new() { [key] = value }));

        Assert.Contains(key.Split(':')[1], refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Zoom:ApiBaseUrl", "http://127.0.0.1:5081/v2/")]
    [InlineData("Zoom:TokenUrl", "http://localhost:5081/oauth/token")]
    [InlineData("Zoom:AttemptTimeout", "00:00:00.5")]
    [InlineData("Zoom:TotalTimeout", "00:00:04")]
    public void The_sandbox_on_this_machine_and_the_ends_of_each_range_are_taken(string key, string value) =>
        Assert.NotNull(Bind(new() { [key] = value }));

    private static ZoomOptions Bind(Dictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.AddZoomClient();
        using var services = builder.Services.BuildServiceProvider();
        return services.GetRequiredService<IOptions<ZoomOptions>>().Value;
    }
}
