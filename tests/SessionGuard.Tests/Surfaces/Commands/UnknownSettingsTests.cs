using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Commands;

public sealed class UnknownSettingsTests
{
    [Fact]
    public async Task A_key_with_a_slip_in_it_is_named_and_a_known_one_in_any_case_is_not()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, new()
        {
            ["Storage:ConectionString"] = "Host=db",
            ["Zoom:TOTALTIMEOUT"] = "00:00:10",
            ["Mail:Smtp:Prot"] = "25",
            ["Unrelated:Key"] = "x",
        });

        var keys = app.Services.GetServices<IHostedService>().OfType<UnknownSettings>().Single().Keys();

        Assert.Equal(["Mail:Smtp:Prot", "Storage:ConectionString"], keys.Order(StringComparer.Ordinal));
    }
}
