using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SessionGuard.Release;

/// <summary>
/// A software bill of materials in CycloneDX 1.5. It has no time and no serial number, both of which are optional: the same packages
/// give the same bytes.
/// </summary>
internal static class BillOfMaterials
{
    // Licences with a plus sign would otherwise be written as escapes.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(ShippedRelease release)
    {
        var self = $"pkg:generic/{release.Name}@{release.Version}";
        var bill = new JsonObject
        {
            ["$schema"] = "http://cyclonedx.org/schema/bom-1.5.schema.json",
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.5",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["component"] = new JsonObject
                {
                    ["type"] = "application",
                    ["bom-ref"] = self,
                    ["name"] = release.Name,
                    ["version"] = release.Version,
                    ["licenses"] = Licences("Apache-2.0"),
                    ["purl"] = self,
                },
            },
            ["components"] = new JsonArray([.. release.Packages.Select(Component)]),
            ["dependencies"] = new JsonArray([Dependency(self, release.Uses), .. release.Packages.Select(p => Dependency(Address(p.Id), p.Uses))]),
        };
        return bill.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Component(ShippedPackage package) => new()
    {
        ["type"] = "library",
        ["bom-ref"] = Address(package.Id),
        ["name"] = package.Name,
        ["version"] = package.Version,
        ["scope"] = "required",
        ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = package.Sha512 }),
        ["licenses"] = Licences(package.Licence),
        ["copyright"] = package.Copyright,
        ["purl"] = Address(package.Id),
    };

    private static JsonArray Licences(string? expression) => expression is null
        ? new JsonArray(new JsonObject { ["license"] = new JsonObject { ["name"] = "The package's own text, see THIRD-PARTY-NOTICES.txt" } })
        : new JsonArray(new JsonObject { ["expression"] = expression });

    private static JsonObject Dependency(string of, IReadOnlyList<string> on) =>
        new() { ["ref"] = of, ["dependsOn"] = new JsonArray([.. on.Select(id => JsonValue.Create(Address(id)))]) };

    private static string Address(string id) => $"pkg:nuget/{id.Replace('/', '@')}";
}
