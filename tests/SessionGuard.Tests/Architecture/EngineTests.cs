using System.Xml.Linq;
using SessionGuard.Platform.Jobs;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Architecture;

/// <summary>Hangfire is there for those who ask for it, and for nobody else.</summary>
public sealed class EngineTests
{
    private const string OnlyWhenAskedFor = "'$(JobEngine)' == 'Hangfire'";

    [Fact]
    public void The_usual_lock_files_do_not_name_Hangfire()
    {
        var locks = FilesOf("packages.lock.json");

        Assert.True(locks.Count >= 3, "The lock files were not found.");
        Assert.DoesNotContain(locks, file => File.ReadAllText(file).Contains("Hangfire", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void What_names_Hangfire_in_a_project_stands_under_its_condition()
    {
        var naming = FilesOf("*.csproj", "*.props", "*.targets").SelectMany(file => XDocument.Load(file).Descendants())
            .Where(e => e.Attribute("Include")?.Value.StartsWith("Hangfire", StringComparison.OrdinalIgnoreCase) is true).ToList();

        Assert.Equal(4, naming.Count); // two packages, each with its version
        Assert.All(naming, e => Assert.Contains(e.AncestorsAndSelf(), a => a.Attribute("Condition")?.Value == OnlyWhenAskedFor));
    }

    [Fact]
    public void The_usual_program_has_nothing_of_it()
    {
        var program = typeof(JobRunner).Assembly;

        Assert.Equal(JobsEngine.Quartz, JobsOptions.BuiltWith);
        Assert.DoesNotContain(program.GetReferencedAssemblies(), a => a.Name!.StartsWith("Hangfire", StringComparison.Ordinal));
        Assert.DoesNotContain(program.GetTypes(), t => t.Namespace?.StartsWith("SessionGuard.Jobs.Hangfire", StringComparison.Ordinal) is true);
    }

    private static List<string> FilesOf(params string[] patterns) =>
    [
        .. patterns.SelectMany(pattern => Directory.EnumerateFiles(Source.Root, pattern, SearchOption.AllDirectories))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/artifacts/", StringComparison.Ordinal)),
    ];
}
