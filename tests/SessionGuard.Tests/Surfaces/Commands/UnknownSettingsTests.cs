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

    [Fact]
    public async Task Each_section_is_bound_to_the_one_class_that_has_its_name()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var sections = app.Services.GetServices<SettingsSection>().Where(s => s.Path.Length > 0).ToList();

        Assert.Distinct(sections.Select(s => s.Path));
        Assert.All(sections, section =>
        {
            var name = section.Path.Split(':')[^1];
            Assert.Contains(section.Options.Name, (string[])[$"{name}Options", $"{name.TrimEnd('s')}Options"]);
        });
    }
}
