using System.Text.Json.Nodes;

namespace SessionGuard.Release;

/// <summary>Compares the bill of materials, which a tool writes from what was restored, with what is shipped.</summary>
internal static class BillCheck
{
    /// <summary>Shipped packages that the bill does not have, or not with this hash. It may have more: what the shared framework replaces.</summary>
    public static IReadOnlyList<string> Missing(string bill, ShippedRelease release)
    {
        var listed = JsonNode.Parse(bill)!["components"]!.AsArray()
            .Select(c => (Name: $"{c!["name"]}/{c["version"]}", Hash: (string?)c["hashes"]?[0]?["content"]))
            .ToDictionary(c => c.Name, c => c.Hash, StringComparer.OrdinalIgnoreCase);
        return [.. release.Packages.Where(p => !p.Sha512.Equals(listed.GetValueOrDefault(p.Id), StringComparison.OrdinalIgnoreCase)).Select(p => p.Id)];
    }
}
