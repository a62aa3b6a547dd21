using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Logging;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Tests.Architecture;

/// <summary>Whoever filters or counts log lines does so by the number of their event.</summary>
public sealed class EventIdTests(ITestOutputHelper output)
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Of every line the service can log; the folder is the namespace.</summary>
    private static readonly List<(int Id, string Folder, string Name)> Events = [.. typeof(SessionGuardDb).Assembly.GetTypes()
        .SelectMany(t => t.GetMethods(Declared))
        .Select(m => (Method: m, Event: m.GetCustomAttribute<LoggerMessageAttribute>()))
        .Where(m => m.Event is not null)
        .Select(m => (m.Event!.EventId, m.Method.DeclaringType!.Namespace!, $"{m.Method.DeclaringType.FullName}.{m.Method.Name}"))
        .OrderBy(e => e.Item1)];

    [Fact]
    public void No_event_id_is_used_twice()
    {
        output.WriteLine(string.Join('\n', Events.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Id,5} {e.Name}"))));

        Assert.True(Events.Count > 30, "The events were not found.");
        Assert.Empty(Events.GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => $"{g.Key}: {string.Join(", ", g.Select(e => e.Name))}"));
    }

    [Fact]
    public void The_events_of_a_folder_have_one_block_of_a_hundred_to_themselves()
    {
        Assert.Empty(Events.GroupBy(e => e.Folder, e => e.Id / 100).Where(g => g.Distinct().Count() > 1)
            .Select(g => $"{g.Key} has the blocks {Written(g)}"));
        Assert.Empty(Events.GroupBy(e => e.Id / 100, e => e.Folder).Where(g => g.Distinct().Count() > 1)
            .Select(g => $"{string.Join(", ", g.Distinct())} share the block {Written([g.Key])}"));
    }

    private static string Written(IEnumerable<int> blocks) => string.Join(", ", blocks.Distinct().Select(b => $"{b * 100}-{(b * 100) + 99}"));
}
