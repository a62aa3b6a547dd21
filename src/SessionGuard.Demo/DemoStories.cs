using SessionGuard.Demo.Stories;
using SessionGuard.Platform.Hosting;

namespace SessionGuard.Demo;

/// <summary>Every story there is.</summary>
internal static class DemoStories
{
    public static IReadOnlyList<Story> All { get; } =
    [
        AllWell.Story, LateParent.Story, TeacherDropsOut.Story, StrangerJoins.Story, ScannerClicks.Story, PasscodeRemoved.Story, UnsafeMeeting.Story,
    ];

    /// <exception cref="StartException">No story has this name.</exception>
    public static Story GetStory(string name) => All.FirstOrDefault(s => s.Name == name)
        ?? throw new StartException($"--story {name} is no story. There are: {string.Join(", ", All.Select(s => s.Name))}.");
}
