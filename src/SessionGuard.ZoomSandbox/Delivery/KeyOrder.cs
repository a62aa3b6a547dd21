using System.Text.Json.Nodes;
using Members = System.Collections.Generic.IEnumerable<System.Collections.Generic.KeyValuePair<string, System.Text.Json.Nodes.JsonNode?>>;

namespace SessionGuard.ZoomSandbox.Delivery;

/// <summary>Zoom's keys come in no fixed order; three orders, taken in turn, show who relies on one.</summary>
internal static class KeyOrder
{
    public static JsonObject Turned(JsonObject body, int turn) => (turn % 3) switch
    {
        0 => body,
        1 => Rearranged(body, members => members.Reverse()),
        _ => Rearranged(body, members => members.Skip(1).Concat(members.Take(1))),
    };

    private static JsonObject Rearranged(JsonObject body, Func<Members, Members> order) => new(order(body).Select(member =>
        KeyValuePair.Create(member.Key, member.Value is JsonObject inner ? Rearranged(inner, order) : member.Value?.DeepClone())));
}
