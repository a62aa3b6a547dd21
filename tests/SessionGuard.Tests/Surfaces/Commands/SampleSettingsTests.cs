using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Organisations;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Commands;

/// <summary><c>appsettings.sample.json</c> has every key there is and no other, and each of its values would be taken.</summary>
public sealed class SampleSettingsTests
{
    private static readonly IConfiguration Sample =
        new ConfigurationBuilder().AddJsonFile(Path.Combine(Source.Root, "appsettings.sample.json")).Build();

    [Fact]
    public async Task Every_class_of_settings_is_bound_with_its_section()
    {
        var bound = (await SectionsAsync()).Select(s => s.Options).ToHashSet();
        var nested = bound.SelectMany(NestedIn).ToHashSet();
        var forgotten = typeof(Settings).Assembly.GetTypes().Where(t => t.Name.EndsWith("Options", StringComparison.Ordinal) && t.IsClass && !t.IsNested)
            .Where(t => !bound.Contains(t) && !nested.Contains(t)).Select(t => t.FullName);

        Assert.Empty(forgotten);
    }

    [Fact]
    public async Task The_sample_has_every_key_and_no_other()
    {
        var known = (await SectionsAsync()).SelectMany(s => KeysOf(s.Path, s.Options)).Order(StringComparer.Ordinal).Distinct();
        var written = Sample.AsEnumerable().Where(pair => pair.Value is not null).Select(pair => pair.Key).Order(StringComparer.Ordinal);

        Assert.Equal(known, written);
    }

    [Fact]
    public async Task Every_value_of_the_sample_is_taken()
    {
        foreach (var section in await SectionsAsync())
        {
            var options = (section.Path.Length == 0 ? Sample : Sample.GetSection(section.Path)).Get(section.Options)!;
            Assert.Empty(Settings.Faults(section.Path, options));
        }
    }

    /// <summary>Those of the running service, and the organisations, which are read as a list.</summary>
    private static async Task<IEnumerable<SettingsSection>> SectionsAsync()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        return [.. app.Services.GetServices<SettingsSection>(), new SettingsSection("Organisations:0", typeof(OrganisationOptions))];
    }

    private static IEnumerable<Type> NestedIn(Type options) =>
        options.GetProperties().Select(p => p.PropertyType).Where(Settings.IsNested).SelectMany(t => NestedIn(t).Prepend(t));

    private static IEnumerable<string> KeysOf(string section, Type options) =>
        options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).SelectMany(p =>
            Settings.IsNested(p.PropertyType) ? KeysOf(Settings.Key(section, p.Name), p.PropertyType) : [Settings.Key(section, p.Name)]);
}
