namespace SessionGuard.BrowserTests;

public sealed class PicturesTests(Chromium chromium)
{
    public static TheoryData<string, string> Pages { get; } = new()
    {
        { "teacher", "/" },
        { "lead", "/sessions" },
        { "lead", "/sessions?when=past" },
        { "lead", "/sessions?attention=true" },
        { "teacher", "/sessions/ready" },
        { "teacher", "/sessions/not-ready" },
        { "lead", "/nowhere" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Pictures(string who, string path)
    {
        foreach (var (width, dark) in new[] { (320, false), (1280, false), (320, true), (1280, true) })
        {
            await using var window = await chromium.OpenAsync(who == "lead" ? chromium.App.School.Lead : chromium.App.School.Teacher, width, dark: dark);
            await window.GoAsync(path.Replace("not-ready", chromium.App.School.NotReady.ToString()).Replace("ready", chromium.App.School.Ready.ToString()));
            await window.PictureAsync($"{who}{path.Replace('/', '-').Replace('?', '-')}-{width}-{(dark ? "dark" : "light")}");
        }
    }
}
