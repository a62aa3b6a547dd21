using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace SessionGuard.Release;

internal sealed record ShippedRelease(string Name, string Version, IReadOnlyList<ShippedPackage> Packages);

/// <param name="Id">Name and version, as <c>MailKit/4.18.2</c>.</param>
/// <param name="Sha512">Of the package's file, in hexadecimal.</param>
/// <param name="Licence">An SPDX expression; null where the package brings only a text of its own.</param>
/// <param name="Texts">Files in the package about its licence and what it includes of others.</param>
internal sealed record ShippedPackage(
    string Id, string Name, string Version, string Sha512, string? Licence, string Copyright, IReadOnlyList<string> Texts);

/// <summary>
/// Reads what is shipped from the list that the runtime loads by (<c>.deps.json</c>), not from the lock file: that one also names what
/// the build alone needs, and what the shared framework replaces.
/// </summary>
internal static class ShippedPackages
{
    /// <summary>COPYING and COPYING.LESSER are the names that the GNU licences' texts go by.</summary>
    private static readonly string[] Beginnings = ["LICENSE", "LICENCE", "COPYING", "THIRD-PARTY", "NOTICE"];

    /// <summary>Hangfire's other licences, for those who pay. It is taken under the LGPL here.</summary>
    private static readonly string[] Paid = ["LICENSE_STANDARD", "LICENSE_ROYALTYFREE"];

    /// <param name="list">The program's <c>.deps.json</c>.</param>
    /// <param name="packages">The folder that NuGet unpacks to.</param>
    public static ShippedRelease Read(string list, string packages)
    {
        var runtime = JsonNode.Parse(File.ReadAllText(list))!;
        var target = runtime["targets"]![(string)runtime["runtimeTarget"]!["name"]!]!.AsObject();
        var libraries = runtime["libraries"]!.AsObject();
        var program = target.First(t => (string?)libraries[t.Key]!["type"] == "project").Key.Split('/');
        var shipped = libraries.Where(l => (string?)l.Value!["type"] == "package")
            .Select(l => Package(l.Key, packages))
            .OrderBy(p => p.Id, StringComparer.OrdinalIgnoreCase).ToList();
        return new ShippedRelease(program[0], program[1], shipped);
    }

    private static ShippedPackage Package(string id, string packages)
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

        return new ShippedPackage(id, name, version, Sha512(folder),
            (string?)licence.Attribute("type") == "expression" ? licence.Value : null,
            about.Elements().FirstOrDefault(e => e.Name.LocalName == "copyright")?.Value ?? about.Elements().Single(e => e.Name.LocalName == "authors").Value,
            texts);
    }

    private static bool IsAboutLicences(string file) =>
        Path.GetFileName(file) is var name && Beginnings.Any(b => name.StartsWith(b, StringComparison.OrdinalIgnoreCase)) && !Paid.Contains(name);

    /// <summary>Of the file with its signature, as whoever downloads it finds it. The list has another one, of the file without.</summary>
    private static string Sha512(string folder) =>
        Convert.ToHexStringLower(Convert.FromBase64String(File.ReadAllText(Directory.EnumerateFiles(folder, "*.nupkg.sha512").Single())));
}
