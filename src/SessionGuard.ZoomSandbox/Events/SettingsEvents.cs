using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox.Json;

namespace SessionGuard.ZoomSandbox.Events;

/// <summary>Changed settings of a user, and of what the account locks. Only what changed is in them.</summary>
internal sealed class SettingsEvents(EventFeed feed)
{
    public void UserSettingsUpdated(SandboxHost user, Operator by, Changes changes) =>
        Raise("user.settings_updated", user.Id, by, changes);

    public void LocksUpdated(Operator by, Changes changes) => Raise("account.lock_settings_updated", feed.AccountId, by, changes);

    private void Raise(string name, string id, Operator by, Changes changes)
    {
        var more = EventFeed.By(by);
        more["time_stamp"] = feed.Now.ToUnixTimeMilliseconds();
        more["old_object"] = new JsonObject { ["id"] = id, ["settings"] = changes.Before };
        feed.Raise(name, new JsonObject { ["id"] = id, ["settings"] = changes.Now }, more);
    }
}
