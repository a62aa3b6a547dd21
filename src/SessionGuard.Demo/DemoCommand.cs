using System.CommandLine;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;

namespace SessionGuard.Demo;

/// <summary><c>demo</c>: the service with an example school and a fake Zoom, to look at or to play a story on.</summary>
internal static class DemoCommand
{
    private const string Address = "http://localhost:5080";
    private const string AnyFreeAddress = "http://127.0.0.1:0";

    public static Command Create(Func<WebApplicationBuilder, WebApplication> build)
    {
        var story = new Option<string[]>("--story") { Description = $"The story to play: {string.Join(", ", DemoStories.All.Select(s => s.Name))}. With --exit several, one after another." };
        var exit = new Option<bool>("--exit") { Description = "Play it at full speed, print what happened and a line of JSON, and end: 0 when all went as it should." };
        var urls = new Option<string?>("--urls") { Description = $"Where the demo listens; {Address} by default." };
        var demo = new Command("demo", "Runs the service with an example school and a fake Zoom, on a throw-away database.") { story, exit, urls };
        demo.SetAction((parse, cancellation) => parse.GetValue(exit)
            ? PlayAsync(build, parse.GetValue(story) is { Length: > 0 } names ? [.. names.Select(DemoStories.GetStory)] : [DemoStories.All[0]], cancellation)
            : ShowAsync(build, parse.GetValue(story) is [var first, ..] ? DemoStories.GetStory(first) : null, parse.GetValue(urls) ?? Address, cancellation));
        return demo;
    }

    private static async Task<int> PlayAsync(
        Func<WebApplicationBuilder, WebApplication> build, IReadOnlyList<Story> stories, CancellationToken cancellation)
    {
        await using var school = await DemoSchool.OpenAsync(build, AnyFreeAddress, withTimers: false, cancellation);
        var director = school.App.Services.GetRequiredService<Director>();
        var passed = true;
        foreach (var story in stories)
        {
            var summary = await director.PlayAsync(story, TimeSpan.Zero, line => Console.WriteLine(Written(line)), cancellation);
            Console.WriteLine(JsonSerializer.Serialize(summary, JsonSerializerOptions.Web));
            passed &= summary.Passed;
        }

        return passed ? 0 : 1;
    }

    private static async Task<int> ShowAsync(
        Func<WebApplicationBuilder, WebApplication> build, Story? story, string address, CancellationToken cancellation)
    {
        await using var school = await DemoSchool.OpenAsync(build, address, withTimers: true, cancellation);
        Console.WriteLine($"Watch a story:  {address}/demo");
        foreach (var (person, link) in await SignInsAsync(school, cancellation))
        {
            Console.WriteLine($"{person.Role,-8} {person.Name,-11} {link}");
        }

        Console.WriteLine("Each link signs in once. End with Ctrl+C.");
        if (story is not null)
        {
            school.App.Services.GetRequiredService<Director>().Begin(story);
        }

        await school.App.WaitForShutdownAsync(cancellation);
        return 0;
    }

    private static string Written(StoryLine line) => $"{line.At:yyyy-MM-dd HH:mm} {line.Held switch { null => "     ", true => "  ok ", false => "FAIL " }} {line.Text}";

    private static async Task<IReadOnlyList<(DemoPerson Person, Uri Link)>> SignInsAsync(DemoSchool school, CancellationToken cancellation)
    {
        await using var scope = school.App.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        var links = scope.ServiceProvider.GetRequiredService<SignInLinks>();
        var signIns = new List<(DemoPerson, Uri)>();
        foreach (var person in DemoSchool.Staff)
        {
            var account = await db.AccountsAt(person.Email).SingleAsync(cancellation);
            signIns.Add((person, await links.IssueAsync(account.Id, TimeSpan.FromHours(8), cancellation)));
        }

        await db.SaveChangesAsync(cancellation);
        return signIns;
    }
}
