using System.Diagnostics;
using System.Text.Json;
using SessionGuard.Demo;

namespace SessionGuard.Tests.Demo;

/// <summary>Each story is played as a user plays it: the built program, at full speed.</summary>
public sealed class StoriesTests
{
    public static TheoryData<string> Names => [.. DemoStories.All.Select(s => s.Name)];

    [Theory, MemberData(nameof(Names))]
    public async Task Every_expectation_of_the_story_holds(string story)
    {
        var (exitCode, output) = await PlayAsync("--story", story, "--exit");

        using var summary = JsonDocument.Parse(output[^1]);
        Assert.Equal((0, story, true), (exitCode, summary.RootElement.GetProperty("story").GetString(), summary.RootElement.GetProperty("passed").GetBoolean()));
        Assert.Equal(1, summary.RootElement.GetProperty("sessions").GetInt32());
        Assert.True(summary.RootElement.GetProperty("repairs").GetInt32() > 0);
        Assert.Equal(["story", "passed", "sessions", "repairs", "asks", "answers", "flags"], summary.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Contains(output, line => line.Contains("  ok ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_story_that_does_not_exist_is_named_with_those_that_do()
    {
        var (exitCode, _) = await PlayAsync("--story", "no-such-story", "--exit");
        Assert.Equal(1, exitCode);
    }

    private static async Task<(int ExitCode, string[] Output)> PlayAsync(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "sessionguard.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", program, "demo", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await errors;
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
