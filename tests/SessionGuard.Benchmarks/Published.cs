using System.Diagnostics;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Benchmarks;

/// <summary>The service and the row receiver as they are published: compiled ahead for this machine. In a folder of its own.</summary>
internal sealed class Published : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sessionguard-published-").FullName;

    private Published()
    {
    }

    /// <summary>The path of the service's assembly.</summary>
    public string Service => Path.Combine(_folder, "service", "sessionguard.dll");

    /// <summary>The path of the receivers' assembly.</summary>
    public string Benchmarks => Path.Combine(_folder, "benchmarks", "SessionGuard.Benchmarks.dll");

    public static async Task<Published> MakeAsync()
    {
        var published = new Published();
        await published.PublishAsync("src/SessionGuard", "service");
        await published.PublishAsync("tests/SessionGuard.Benchmarks", "benchmarks");
        return published;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>What the build leaves behind stays in the same folder: the run under way uses the one in the source tree.</summary>
    private async Task PublishAsync(string project, string to)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            "publish", Path.Combine(Source.Root, project), "-c", "Release", "-r", "linux-x64", "--no-self-contained", "-p:PublishReadyToRun=true",
            "-p:RunAnalyzers=false", "-p:UseSharedCompilation=false", "-nodeReuse:false", "-v", "quiet",
            "--artifacts-path", Path.Combine(_folder, "made"), "-o", Path.Combine(_folder, to),
        ])
        { RedirectStandardOutput = true };
        using var publish = Process.Start(start)!;
        var said = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
        {
            throw new InvalidOperationException($"{project} could not be published:\n{said}");
        }
    }
}
