using System.Diagnostics;
using System.Text.RegularExpressions;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;

namespace SessionGuard.Tests.Infra;

/// <summary>The program as a release has it: migrations compiled in by link, neither demo nor fake Zoom.</summary>
public sealed partial class PublishedProgramTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Published_it_makes_its_schema_in_an_empty_database_and_serves()
    {
        var folder = Directory.CreateTempSubdirectory("sessionguard-published-").FullName;
        var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        try
        {
            await PublishAsync(folder);
            Assert.DoesNotContain(Directory.GetFiles(folder).Select(Path.GetFileName), f => f!.Contains("Demo", StringComparison.OrdinalIgnoreCase)
                || f.Contains("ZoomSandbox", StringComparison.Ordinal));

            await using var service = await ServiceProcess.StartAsync(data, StorageEngine.Sqlite, "", program: Path.Combine(folder, "sessionguard.dll"));
            using var client = new HttpClient { BaseAddress = service.Address };
            Assert.True((await client.GetAsync("/health/ready")).IsSuccessStatusCode);
            var sheet = StyleSheet().Match(await client.GetStringAsync("/sign-in"));
            Assert.True((await client.GetAsync(sheet.Value)).IsSuccessStatusCode, sheet.Value);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Without the code made ready ahead, which takes a minute and changes nothing here.</summary>
    private static async Task PublishAsync(string folder)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            ["publish", Path.Combine(Source.App, "SessionGuard.csproj"), "--no-restore", "--configuration", "Release", "--output", folder, "-p:PublishReadyToRun=false"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var publish = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        var output = publish.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = publish.StandardError.ReadToEndAsync(limit.Token);
        await publish.WaitForExitAsync(limit.Token);
        Assert.True(publish.ExitCode == 0, await output + await errors);
    }

    /// <summary>With its hash in the name.</summary>
    [GeneratedRegex(@"/site\.\w+\.css")]
    private static partial Regex StyleSheet();
}
