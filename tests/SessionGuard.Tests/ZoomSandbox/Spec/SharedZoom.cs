using System.Text.Json.Nodes;

namespace SessionGuard.Tests.ZoomSandbox.Spec;

/// <summary>Zoom's own OpenAPI files and the sample payloads lie beside the repository; without them a test is skipped in plain sight.</summary>
internal static class SharedZoom
{
    public static string Folder(string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "SessionGuard.sln")))
        {
            root = root.Parent;
        }

        var folder = Path.Combine(root?.Parent?.FullName ?? "", "shared", "zoom", name);
        Assert.SkipUnless(Directory.Exists(folder), $"The folder shared/zoom/{name} is not beside the repository.");
        return folder;
    }

    public static JsonObject Read(string folder, string file) => (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(Folder(folder), file)))!;
}
