using System.Text.Json;
using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.ZoomSandbox.Spec;

/// <summary>Every event looks like the sample payload of the same name: same fields, same types, at the top and in its object.</summary>
public sealed class EventsMatchSamplesTests : SandboxTest
{
    /// <summary>Events that carry only what changed: their fields differ by nature, the types must not.</summary>
    private static readonly string[] CarryOnlyChanges = ["meeting.updated", "user.settings_updated", "account.lock_settings_updated"];

    /// <summary>Optional in Zoom's description, and absent from at least one sample that is otherwise the same.</summary>
    private static readonly string[] Optional = ["object/participant/phone_number", "object/settings/jbh_time", "object/settings/meeting_invitees"];

    protected override SandboxOptions Configure(SandboxOptions options) => options with { UndocumentedFields = false };

    [Fact]
    public void Every_event_has_the_shape_of_a_sample()
    {
        var folder = SharedZoom.Folder("payloads");
        FullStory.Play(Zoom, Clock, Host);

        List<string> differences = [];
        foreach (var raised in Zoom.Deliveries.Raised)
        {
            var files = Directory.GetFiles(folder, $"{raised.Name}.json").Concat(Directory.GetFiles(folder, $"{raised.Name}--*.json"));
            differences.AddRange(Difference(raised, [.. files.Order(StringComparer.Ordinal).Select(file => Shape(Json(File.ReadAllText(file))))]));
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences.Distinct()));
    }

    private static IEnumerable<string> Difference(RaisedEvent raised, List<Dictionary<string, string>> samples)
    {
        var shape = Shape(Json(raised.Body));
        var kinds = samples.SelectMany(s => s).DistinctBy(s => s.Key).ToDictionary(s => s.Key, s => s.Value);
        var wrong = shape.Where(s => kinds.TryGetValue(s.Key, out var kind) && kind != s.Value)
            .Select(s => $"{raised.Name} {s.Key} is {s.Value}, not {kinds[s.Key]}");
        if (CarryOnlyChanges.Contains(raised.Name) || samples.Count == 0)
        {
            return wrong;
        }

        var closest = samples.MinBy(s => Odd(s, shape).Count())!;
        return wrong.Concat(Odd(closest, shape)
            .Select(path => $"{raised.Name} {path} is {(shape.ContainsKey(path) ? "not in the sample" : "missing")}"));
    }

    private static IEnumerable<string> Odd(Dictionary<string, string> sample, Dictionary<string, string> shape) =>
        sample.Keys.Except(shape.Keys).Concat(shape.Keys.Except(sample.Keys)).Except(Optional);

    /// <summary>Paths and kinds of what stands at the top, in the payload, in its object and one level below.</summary>
    private static Dictionary<string, string> Shape(JsonObject body)
    {
        Dictionary<string, string> shape = [];
        Add(shape, "", body);
        Add(shape, "payload/", (JsonObject)body["payload"]!);
        var subject = (JsonObject)body["payload"]!["object"]!;
        Add(shape, "object/", subject);
        foreach (var (name, value) in subject)
        {
            Add(shape, $"object/{name}/", value as JsonObject ?? []);
        }

        return shape;
    }

    private static void Add(Dictionary<string, string> shape, string prefix, JsonObject members)
    {
        foreach (var (name, value) in members)
        {
            shape[prefix + name] = value?.GetValueKind() switch
            {
                JsonValueKind.True or JsonValueKind.False => "Boolean",
                { } kind => kind.ToString(),
                null => "Null",
            };
        }
    }
}
