using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Architecture;

public sealed class EngineTests
{
    [Fact]
    public void Only_one_folder_names_Hangfires_types()
    {
        var naming = Directory.EnumerateFiles(Path.Combine(Source.Root, "src", "SessionGuard"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadLines(file).Any(line => line.StartsWith("using Hangfire", StringComparison.Ordinal))).ToList();

        Assert.NotEmpty(naming);
        Assert.All(naming, file => Assert.EndsWith(Path.Combine("Jobs", "Hangfire"), Path.GetDirectoryName(file), StringComparison.Ordinal));
    }
}
