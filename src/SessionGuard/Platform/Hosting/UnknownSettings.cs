namespace SessionGuard.Platform.Hosting;

/// <summary>Warns of a key that nothing reads: with a slip in it, the default would count without a word.</summary>
internal sealed partial class UnknownSettings(
    IEnumerable<SettingsSection> sections, IConfiguration configuration, ILogger<UnknownSettings> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var key in Keys())
        {
            LogUnknown(key);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Keys below our sections; the root also holds what belongs to the host and the machine.</summary>
    public IEnumerable<string> Keys() => sections.Where(s => s.Path.Length > 0).GroupBy(s => s.Path, StringComparer.OrdinalIgnoreCase)
        .SelectMany(shared => Keys(configuration.GetSection(shared.Key), [.. shared.Select(s => s.Options)]));

    private static IEnumerable<string> Keys(IConfigurationSection section, Type[] options)
    {
        var known = options.SelectMany(o => o.GetProperties()).Where(p => p.CanWrite)
            .ToLookup(p => p.Name, p => p.PropertyType, StringComparer.OrdinalIgnoreCase);
        return section.GetChildren().SelectMany(child => known[child.Key].FirstOrDefault() switch
        {
            null => [child.Path],
            var nested when Settings.IsNested(nested) => Keys(child, [nested]),
            _ => [],
        });
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The setting {Key} is not one this program has; see appsettings.sample.json.")]
    private partial void LogUnknown(string key);
}
