using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox.Events;
using SessionGuard.ZoomSandbox.Json;

namespace SessionGuard.ZoomSandbox;

/// <summary>Users, their settings, and what the account locks for all of them.</summary>
internal sealed class AccountOffice(ZoomWorld world, SettingsEvents events)
{
    public SandboxHost AddHost(string email, string firstName, string lastName)
    {
        var host = new SandboxHost(email, firstName, lastName, licensed: world.Options.Plan != SandboxPlan.Free, world.Now);
        world.Hosts.Add(host);
        var room = new SandboxMeeting(host, host.PersonalMeetingId, MeetingType.PersonalRoom, world.Now)
        {
            Topic = $"{host.DisplayName}'s Personal Meeting Room",
            Passcode = "482915",
        };
        world.Meetings.Add(room.Id, room);
        return host;
    }

    public void ChangeSettings(SandboxHost user, JsonObject changes, Operator by)
    {
        var before = user.Settings;
        user.Settings = UserSettings.With(before, changes);
        var difference = Changes.Between(before, user.Settings);
        if (difference.Any)
        {
            events.UserSettingsUpdated(user, by, difference);
        }
    }

    public void SetLock(SecurityOption option, bool locked)
    {
        if (locked ? world.Locked.Add(option) : world.Locked.Remove(option))
        {
            events.LocksUpdated(world.Owner, new Changes(Lock(option, locked), Lock(option, !locked)));
        }
    }

    private static JsonObject Lock(SecurityOption option, bool locked) => option switch
    {
        SecurityOption.Passcode => Group("meeting_security", "meeting_password", locked),
        SecurityOption.WaitingRoom => Group("meeting_security", "waiting_room", locked),
        SecurityOption.Authentication => Group("schedule_meeting", "meeting_authentication", locked),
    };

    private static JsonObject Group(string group, string key, bool value) => new() { [group] = new JsonObject { [key] = value } };
}
