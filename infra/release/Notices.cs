using System.Globalization;
using System.Text;

namespace SessionGuard.Release;

/// <summary>What the licences of the shipped packages ask to be passed on: who holds the rights, and the texts.</summary>
internal static class Notices
{
    private const string Lesser = "GNU LESSER GENERAL PUBLIC LICENSE";
    private const string Rule = "\n--------------------------------------------------------------------------------\n";

    /// <summary>What the lesser licence asks of a program that uses such a library: that it says so, and how another version takes its place.</summary>
    private const string Replaceable = """

        Some of these packages are libraries under the GNU Lesser General Public License, as their own texts below say. Each lies beside the
        program in files of its own, compiled ahead from unchanged code, and can be replaced there by another build with the same interface.

        """;

    public static string Write(ShippedRelease release)
    {
        var text = new StringBuilder($"{release.Name} {release.Version} is under the Apache License 2.0 and includes these packages of others.\n\n");
        foreach (var package in release.Packages)
        {
            text.Append(CultureInfo.InvariantCulture, $"{package.Name} {package.Version}\n    {package.Licence ?? "its own text, below"}\n    {package.Copyright}\n");
        }

        if (release.Packages.Any(p => p.Texts.Any(file => Read(file).Contains(Lesser, StringComparison.OrdinalIgnoreCase))))
        {
            text.Append(Replaceable);
        }

        foreach (var licence in release.Packages.Select(p => p.Licence).OfType<string>().Distinct().Order(StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{Rule}{licence}\n\n{Standard(licence)}\n");
        }

        // Packages of one house often bring the same long text.
        foreach (var same in release.Packages.SelectMany(p => p.Texts.Select(file => (p.Id, Text: Read(file)))).GroupBy(t => t.Text, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{Rule}From {string.Join(", ", same.Select(t => t.Id))}\n\n{same.Key}\n");
        }

        return text.ToString();
    }

    /// <summary>An expression that joins several licences has no text here either: somebody must look at it first.</summary>
    private static string Standard(string licence)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "licences", $"{licence}.txt");
        return File.Exists(file)
            ? Read(file)
            : throw new InvalidDataException($"There is no text of {licence} in infra/release/licences: decide whether it may be shipped, and add it.");
    }

    private static string Read(string file) => File.ReadAllText(file).ReplaceLineEndings("\n").Trim();
}
