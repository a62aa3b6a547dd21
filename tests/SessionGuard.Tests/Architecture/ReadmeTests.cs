using System.Text.Json;
using System.Text.RegularExpressions;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Architecture;

/// <summary>What the pages for people say about the source is still so.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = Path.Combine(Source.Root, "README.md");
    private static readonly string Configuration = Path.Combine(Source.Root, "infra", "configuration.md");

    [Fact]
    public async Task The_configuration_page_has_every_key_of_the_sample_in_its_order_and_no_other()
    {
        using var sample = JsonDocument.Parse(await ReadAsync(Path.Combine(Source.Root, "appsettings.sample.json")));
        var listed = KeyRow().Matches(await ReadAsync(Configuration)).Select(row => row.Groups["key"].Value);

        Assert.Equal(KeysOf("", sample.RootElement), listed);
    }

    [Fact]
    public async Task The_README_is_read_in_three_minutes() =>
        Assert.InRange((await ReadAsync(Readme)).Count(c => c == '\n'), 1, 130);

    [Fact]
    public async Task Every_link_to_a_file_leads_to_one()
    {
        var dead = new List<string>();
        foreach (var page in Directory.EnumerateFiles(Path.Combine(Source.Root, "infra"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Source.Root, ".github"), "*.md")).Append(Readme))
        {
            var links = Link().Matches(await ReadAsync(page)).Select(link => link.Groups["to"].Value);
            dead.AddRange(links.Where(to => !to.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, to)))
                .Select(to => $"{Path.GetRelativePath(Source.Root, page)}: {to}"));
        }

        Assert.Empty(dead);
    }

    /// <summary>A list's one entry stands for any: <c>Organisations:N:Slug</c>.</summary>
    private static IEnumerable<string> KeysOf(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => KeysOf(path.Length == 0 ? p.Name : $"{path}:{p.Name}", p.Value)),
        JsonValueKind.Array => KeysOf($"{path}:N", Assert.Single(value.EnumerateArray())),
        _ => [path],
    };

    private static Task<string> ReadAsync(string file) => File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

    /// <summary>A row of the configuration table: no other table begins with a name in capitals.</summary>
    [GeneratedRegex(@"^\| `(?<key>[A-Z][A-Za-z:]+)` \|", RegexOptions.Multiline)]
    private static partial Regex KeyRow();

    /// <summary>Not an image.</summary>
    [GeneratedRegex(@"(?<!!)\[[^\]]*\]\((?<to>[^)#]+)\)")]
    private static partial Regex Link();
}
