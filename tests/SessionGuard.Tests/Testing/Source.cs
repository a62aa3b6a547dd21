using System.Runtime.CompilerServices;

namespace SessionGuard.Tests.Testing;

/// <summary>The source this run was built from, for tests about the source itself.</summary>
internal static class Source
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = RootOf();

    public static string App { get; } = Path.Combine(Root, "src", "SessionGuard");

    /// <summary>C# files under <paramref name="folder"/>, without what the build or a tool made.</summary>
    public static IEnumerable<string> FilesIn(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(f => !new[] { "/bin/", "/obj/", "Migrations/" }.Any(part => f.Replace('\\', '/').Contains(part, StringComparison.Ordinal)));

    private static string RootOf([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../.."));
}
