using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox.Delivery;
using SessionGuard.ZoomSandbox.Json;

namespace SessionGuard.ZoomSandbox.Events;

/// <summary>Wraps what happened into Zoom's envelope and hands it to delivery.</summary>
internal sealed class EventFeed(ZoomWorld world, SandboxDeliveries deliveries)
{
    /// <summary>Free accounts do not get these; a trailing dot means all that begin so.</summary>
    private static readonly string[] PaidOnly =
    [
        "meeting.deleted", "meeting.permanently_deleted", "meeting.participant_jbh_", "meeting.registration_", "recording.", "user.settings_updated",
        "account.lock_settings_updated",
    ];

    public DateTimeOffset Now => world.Now;

    public bool UndocumentedFields => world.Options.UndocumentedFields;

    public string AccountId => world.Options.AccountId;

    public string NowText => ZoomJson.Instant(Now);

    /// <summary>Raises an event about <paramref name="subject"/>; <paramref name="more"/> stands beside it in the payload.</summary>
    public void Raise(string name, JsonObject subject, JsonObject? more = null, JsonObject? beside = null)
    {
        if (world.Options.Plan == SandboxPlan.Free && PaidOnly.Any(p => name.StartsWith(p, StringComparison.Ordinal)))
        {
            return;
        }

        var payload = new JsonObject { ["account_id"] = AccountId };
        Move(more, payload);
        payload["object"] = subject;
        var body = new JsonObject { ["event"] = name, ["event_ts"] = Now.ToUnixTimeMilliseconds(), ["payload"] = payload };
        Move(beside, body);
        deliveries.Accept(name, body);
    }

    public static JsonObject By(Operator who) => new() { ["operator"] = who.Email, ["operator_id"] = who.Id };

    private static void Move(JsonObject? from, JsonObject to)
    {
        foreach (var (name, value) in from ?? [])
        {
            to[name] = value?.DeepClone();
        }
    }
}
