using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace SessionGuard.Release;

/// <param name="Uses">What the program itself asks for; the rest comes along with that.</param>
internal sealed record ShippedRelease(string Name, string Version, IReadOnlyList<ShippedPackage> Packages, IReadOnlyList<string> Uses);

/// <param name="Id">Name and version, as <c>Polly/8.9.1</c>.</param>
/// <param name="Sha512">Of the package's file, in hexadecimal.</param>
/// <param name="Licence">An SPDX expression; null where the package brings only a text of its own.</param>
/// <param name="Texts">Files in the package about its licence and what it includes of others.</param>
internal sealed record ShippedPackage(
    string Id, string Name, string Version, string Sha512, string? Licence, string Copyright, IReadOnlyList<string> Texts, IReadOnlyList<string> Uses);

/// <summary>
/// Reads what is shipped from the list that the runtime loads by (<c>.deps.json</c>), not from the lock file: that one also names what
/// the build alone needs, and what the shared framework replaces.
/// </summary>
internal static class ShippedPackages
{
    /// <param name="list">The program's <c>.deps.json</c>.</param>
    /// <param name="packages">The folder that NuGet unpacks to.</param>
    public static ShippedRelease Read(string list, string packages)
    {
        var runtime = JsonNode.Parse(File.ReadAllText(list))!;
        var target = runtime["targets"]![(string)runtime["runtimeTarget"]!["name"]!]!.AsObject();
        var libraries = runtime["libraries"]!.AsObject();
        var program = target.First(t => (string?)libraries[t.Key]!["type"] == "project").Key.Split('/');
        var shipped = libraries.Where(l => (string?)l.Value!["type"] == "package")
            .Select(l => Package(l.Key, l.Value!, Uses(target[l.Key]!, libraries), packages))
            .OrderBy(p => p.Id, StringComparer.OrdinalIgnoreCase).ToList();
        var asked = target.Where(t => (string?)libraries[t.Key]!["type"] == "project").SelectMany(t => Uses(t.Value!, libraries));
        return new ShippedRelease(program[0], program[1], shipped, [.. asked.Distinct().Order(StringComparer.OrdinalIgnoreCase)]);
    }

    private static ShippedPackage Package(string id, JsonNode library, IReadOnlyList<string> uses, string packages)
    {
        var (name, version) = (id.Split('/')[0], id.Split('/')[1]);
        var folder = Path.Combine(packages, name.ToLowerInvariant(), version.ToLowerInvariant());
        var about = XDocument.Load(Path.Combine(folder, $"{name.ToLowerInvariant()}.nuspec")).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
        var licence = about.Elements().FirstOrDefault(e => e.Name.LocalName == "license");
        var texts = Directory.EnumerateFiles(folder).Where(IsAboutLicences).Order(StringComparer.Ordinal).ToList();
        if (licence is null || ((string?)licence.Attribute("type") != "expression" && texts.Count == 0))
        {
            throw new InvalidDataException($"{id} does not say under which licence it is: decide whether it may be shipped.");
        }

        return new ShippedPackage(id, name, version, Sha512((string)library["sha512"]!),
            (string?)licence.Attribute("type") == "expression" ? licence.Value : null,
            about.Elements().FirstOrDefault(e => e.Name.LocalName == "copyright")?.Value ?? about.Elements().Single(e => e.Name.LocalName == "authors").Value,
            texts, uses);
    }

    private static List<string> Uses(JsonNode target, JsonObject libraries) =>
        [.. (target["dependencies"]?.AsObject() ?? []).Select(d => $"{d.Key}/{(string)d.Value!}").Where(id => (string?)libraries[id]?["type"] == "package")
            .Order(StringComparer.OrdinalIgnoreCase)];

    private static bool IsAboutLicences(string file) =>
        Path.GetFileName(file) is var name && (name.StartsWith("LICENSE", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("COPYING", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("THIRD-PARTY", StringComparison.OrdinalIgnoreCase) || name.StartsWith("NOTICE", StringComparison.OrdinalIgnoreCase));

    private static string Sha512(string hash) => Convert.ToHexStringLower(Convert.FromBase64String(hash["sha512-".Length..]));
}
