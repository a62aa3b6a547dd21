using System.Text.Json.Nodes;

namespace SessionGuard.ZoomSandbox.Json;

/// <summary>What differs between two views of the same thing: new values and the old ones, as Zoom's update events carry them.</summary>
internal sealed record Changes(JsonObject Now, JsonObject Before)
{
    public bool Any => Now.Count > 0;

    public static Changes Between(JsonObject before, JsonObject now)
    {
        var changes = new Changes([], []);
        foreach (var (name, value) in now)
        {
            var old = before[name];
            if (JsonNode.DeepEquals(old, value))
            {
                continue;
            }

            if (value is JsonObject inner && old is JsonObject oldInner)
            {
                var nested = Between(oldInner, inner);
                changes.Now[name] = nested.Now;
                changes.Before[name] = nested.Before;
                continue;
            }

            changes.Now[name] = value?.DeepClone();
            if (old is not null)
            {
                changes.Before[name] = old.DeepClone();
            }
        }

        return changes;
    }
}
