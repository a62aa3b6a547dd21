using System.Text.Json;
using System.Text.RegularExpressions;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Infra;

/// <summary>What the unit, the image, compose and the operator's page set is something the service reads.</summary>
public sealed partial class SettingsInFilesTests
{
    [Theory]
    [InlineData("systemd/sessionguard.service")]
    [InlineData("Containerfile")]
    [InlineData("compose.yaml")]
    public async Task Every_setting_in_the_environment_is_one_there_is(string file)
    {
        var set = Variable().Matches(await ReadAsync(Path.Combine("infra", file))).Select(m => m.Value.Replace("__", ":", StringComparison.Ordinal));

        Assert.Empty(set.Except(await KnownAsync()));
    }

    [Fact]
    public async Task Every_setting_in_the_operators_example_is_one_there_is()
    {
        var example = Example().Match(await ReadAsync("infra/operations.md")).Groups["json"].Value;
        using var settings = JsonDocument.Parse(example);

        Assert.Empty(KeysOf("", settings.RootElement).Except(await KnownAsync()));
    }

    private static async Task<HashSet<string>> KnownAsync()
    {
        using var sample = JsonDocument.Parse(await ReadAsync("appsettings.sample.json"));
        return [.. KeysOf("", sample.RootElement)];
    }

    private static IEnumerable<string> KeysOf(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => KeysOf(path.Length == 0 ? p.Name : $"{path}:{p.Name}", p.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(entry => KeysOf($"{path}:N", entry)),
        _ => [path],
    };

    private static Task<string> ReadAsync(string file) => File.ReadAllTextAsync(Path.Combine(Source.Root, file), TestContext.Current.CancellationToken);

    /// <summary>Our own sections are written with two underscores; the runtime's variables are all in capitals.</summary>
    [GeneratedRegex(@"\b[A-Z][a-z]\w*__\w+|\b(PublicUrl|DataFolder)(?=[:=])")]
    private static partial Regex Variable();

    [GeneratedRegex(@"<<'END'\n(?<json>\{.*?\n\})\nEND", RegexOptions.Singleline)]
    private static partial Regex Example();
}
