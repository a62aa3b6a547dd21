using System.Diagnostics;
using System.Text.Json;
using SessionGuard.Demo;

namespace SessionGuard.Tests.Demo;

/// <summary>Each story is played as a user plays it: the built program, at full speed.</summary>
public sealed class StoriesTests
{
    private static readonly string[] Members = ["story", "passed", "sessions", "repairs", "asks", "answers", "flags"];

    [Theory]
    [InlineData("all-well", "1 class, 0 repairs, 3 asks, 4 answers; ")]
    [InlineData("late-parent", "1 class, 0 repairs, 8 asks, 1 answers; parent-confirmed closed")]
    [InlineData("teacher-drops-out", "1 class, 0 repairs, 3 asks, 3 answers; unsupervised-room closed")]
    [InlineData("stranger-joins", "1 class, 0 repairs, 3 asks, 3 answers; unknown-participant open")]
    [InlineData("scanner-clicks", "1 class, 0 repairs, 3 asks, 2 answers; ")]
    [InlineData("passcode-removed", "1 class, 1 repairs, 0 asks, 0 answers; ")]
    [InlineData("unsafe-meeting", "1 class, 4 repairs, 0 asks, 0 answers; ")]
    public async Task Every_expectation_of_the_story_holds(string story, string inShort)
    {
        var (exitCode, output) = await PlayAsync("--story", story, "--exit");

        Assert.DoesNotContain(output, line => line.Contains("FAIL", StringComparison.Ordinal));
        Assert.Contains(output, line => line.Contains("  ok ", StringComparison.Ordinal));
        using var summary = JsonDocument.Parse(output[^1]);
        var root = summary.RootElement;
        Assert.Equal((0, story, true), (exitCode, root.GetProperty("story").GetString(), root.GetProperty("passed").GetBoolean()));
        Assert.Equal(Members, root.EnumerateObject().Select(p => p.Name));
        Assert.Equal(inShort, InShort(root));
    }

    [Fact]
    public async Task A_story_finds_the_desk_empty_whatever_was_played_before()
    {
        var (exitCode, output) = await PlayAsync("--story", "unsafe-meeting", "--story", "stranger-joins", "--story", "late-parent", "--exit");

        Assert.DoesNotContain(output, line => line.Contains("FAIL", StringComparison.Ordinal));
        Assert.Equal((0, 3), (exitCode, output.Count(line => line.StartsWith("{\"story\"", StringComparison.Ordinal))));
    }

    [Fact]
    public void Every_story_is_played_here() =>
        Assert.Equal(
            DemoStories.All.Select(s => s.Name).Order(),
            typeof(StoriesTests).GetMethod(nameof(Every_expectation_of_the_story_holds))!.GetCustomAttributes(typeof(InlineDataAttribute), inherit: false)
                .Select(row => (string)((InlineDataAttribute)row).Data[0]!).Order());

    [Fact]
    public async Task A_story_that_does_not_exist_is_named_with_those_that_do()
    {
        var (exitCode, _) = await PlayAsync("--story", "no-such-story", "--exit");
        Assert.Equal(1, exitCode);
    }

    private static string InShort(JsonElement summary) =>
        $"{summary.GetProperty("sessions")} class, {summary.GetProperty("repairs")} repairs, {summary.GetProperty("asks")} asks, "
        + $"{summary.GetProperty("answers")} answers; "
        + string.Join(", ", summary.GetProperty("flags").EnumerateArray().Select(f => $"{f.GetProperty("rule")} {f.GetProperty("status")}"));

    private static async Task<(int ExitCode, string[] Output)> PlayAsync(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "sessionguard-demo.dll");
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
