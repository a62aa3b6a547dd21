using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Retention;
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
    public async Task Each_section_is_bound_to_the_class_that_has_its_name_and_each_key_once()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var sections = app.Services.GetServices<SettingsSection>().Where(s => s.Path.Length > 0).ToList();

        // How long something is kept is said by the feature that keeps it: that section is shared, and each class of it has the name in its own.
        Assert.Distinct(sections.Select(s => s.Path).Where(path => path != KeepFor.Section));
        Assert.Distinct(sections.SelectMany(s => s.Options.GetProperties().Where(p => p.CanWrite).Select(p => $"{s.Path}:{p.Name}")));
        Assert.All(sections, section =>
        {
            var name = section.Path.Split(':')[^1];
            string[] endings = [$"{name}Options", $"{name.TrimEnd('s')}Options"];
            Assert.Contains(endings, end => section.Options.Name.EndsWith(end, StringComparison.Ordinal));
        });
    }
}
