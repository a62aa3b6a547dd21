using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace SessionGuard.Tests.ZoomSandbox.Spec;

/// <summary>One of Zoom's OpenAPI files, repaired where it cannot be used as it is.</summary>
internal sealed class ZoomSpec
{
    private readonly JsonObject _document;
    private readonly ConcurrentDictionary<string, Task<JsonSchema>> _compiled = new();

    private ZoomSpec(JsonObject document) => _document = document;

    public static ZoomSpec Meetings() => new(SharedZoom.Read("spec", "zoom-meeting-open-api-spec.json"));

    public static ZoomSpec Users() => new(SharedZoom.Read("spec", "zoom-users-open-api-spec.json"));

    public static ZoomSpec Events() => new(SharedZoom.Read("spec", "zoom-meeting-events-open-api-spec.json"));

    public bool HasPath(string path) => _document["paths"]?[path] is not null;

    public bool HasEvent(string name) => _document["webhooks"]?[name] is not null;

    public IEnumerable<string> Statuses(string method, string path) =>
        _document["paths"]![path]![method]!["responses"]!.AsObject().Select(r => r.Key);

    /// <param name="branches">Which of several shapes, level by level; open objects fit all of them, so a validator cannot choose.</param>
    public JsonObject AnswerSchema(string method, string path, int status, IEnumerable<int> branches)
    {
        var schema = _document["paths"]![path]![method]!["responses"]![$"{status}"]!["content"]!["application/json"]!["schema"]!;
        return (JsonObject)branches.Aggregate(schema, (shape, index) => shape["oneOf"]![index]!);
    }

    public JsonObject EventSchema(string name) =>
        (JsonObject)_document["webhooks"]![name]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!;

    /// <summary>What is wrong with a document, one line each.</summary>
    public async Task<IReadOnlyList<string>> ErrorsAsync(string key, JsonObject schema, string json)
    {
        var compiled = await _compiled.GetOrAdd(key, _ => JsonSchema.FromJsonAsync(Repaired(schema)!.ToJsonString()));
        return [.. compiled.Validate(json).Select(e => $"{e.Path}: {e.Kind}"), .. UnknownFields(schema, JsonNode.Parse(json), "#")];
    }

    /// <summary>
    /// Three references point to "paths" where the file has "webhooks"; an e-mail may be "", which its format forbids;
    /// and participant_bind, which the sandbox does not send, could not be repaired at all.
    /// </summary>
    private JsonNode? Repaired(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            return new JsonArray([.. items.Select(Repaired)]);
        }

        if (node is not JsonObject members)
        {
            return node?.DeepClone();
        }

        if (members["$ref"] is JsonValue reference)
        {
            return Repaired(Find((string)reference!));
        }

        var repaired = new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Repaired(m.Value))));
        if (members["format"] is JsonValue format && format.TryGetValue<string>(out var name) && name == "email")
        {
            repaired.Remove("format");
            repaired["pattern"] = "^$|^[^@]+@[^@]+$";
        }

        return repaired;
    }

    private JsonNode Find(string reference) => reference.Replace("#/paths/", "#/webhooks/", StringComparison.Ordinal).Split('/').Skip(1)
        .Aggregate((JsonNode)_document, (node, step) => node[step.Replace("~1", "/", StringComparison.Ordinal)]!);

    /// <summary>Fields that the sandbox has made up: validation alone lets them pass where objects are open.</summary>
    private IEnumerable<string> UnknownFields(JsonObject schema, JsonNode? value, string path)
    {
        var shapes = Shapes(schema).ToList();
        if (value is JsonArray items)
        {
            var ofItems = shapes.Select(s => s["items"]).OfType<JsonObject>().FirstOrDefault();
            return ofItems is null ? [] : items.SelectMany(i => UnknownFields(ofItems, i, path + "[]"));
        }

        var known = shapes.Select(s => s["properties"]).OfType<JsonObject>().SelectMany(p => p).ToLookup(p => p.Key, p => p.Value);
        return value is not JsonObject members || known.Count == 0 ? [] : members.SelectMany(m => known[m.Key].FirstOrDefault() is JsonObject of
            ? UnknownFields(of, m.Value, $"{path}/{m.Key}")
            : [$"{path}/{m.Key}: not in Zoom's documentation"]);
    }

    private IEnumerable<JsonObject> Shapes(JsonObject schema)
    {
        if (schema["$ref"] is JsonValue reference)
        {
            return Shapes((JsonObject)Find((string)reference!));
        }

        var parts = new[] { "allOf", "anyOf", "oneOf" }.SelectMany(k => schema[k] as JsonArray ?? []).OfType<JsonObject>();
        return parts.SelectMany(Shapes).Prepend(schema);
    }
}
