using SessionGuard.ZoomSandbox.Events;
using SessionGuard.ZoomSandbox.Json;

namespace SessionGuard.ZoomSandbox.Meetings;

/// <summary>Creates, changes and deletes meetings, whoever asks, and raises what Zoom raises for it.</summary>
internal sealed class MeetingBook(ZoomWorld world, MeetingEvents events)
{
    /// <summary>A meeting with the host's own settings, not yet in the book.</summary>
    public SandboxMeeting Draft(SandboxHost host, MeetingType type, string source) =>
        new(host, ZoomIds.Meeting(), type, world.Now)
        {
            CreationSource = source,
            Settings = new MeetingSettings
            {
                WaitingRoom = host.Setting("in_meeting", "waiting_room"),
                JoinBeforeHost = host.Setting("schedule_meeting", "join_before_host"),
                MeetingAuthentication = host.Setting("meeting_authentication", "meeting_authentication"),
                UsePmi = host.Setting("schedule_meeting", "use_pmi_for_scheduled_meetings"),
            },
        };

    public static bool AsksForPasscode(SandboxHost host) => host.Setting("schedule_meeting", "require_password_for_scheduling_new_meetings");

    public void Add(SandboxMeeting meeting, Operator by)
    {
        meeting.LayOutOccurrences();
        KeepToRules(meeting);
        world.Meetings.Add(meeting.Id, meeting);
        events.Created(meeting, by);
    }

    public void Change(SandboxMeeting meeting, Operator by, Action<SandboxMeeting> change)
    {
        var before = MeetingViews.Updatable(meeting);
        var dates = DatesOf(meeting);
        change(meeting);
        if (dates != DatesOf(meeting))
        {
            meeting.LayOutOccurrences();
        }

        KeepToRules(meeting);
        var changes = Changes.Between(before, MeetingViews.Updatable(meeting));
        if (changes.Any)
        {
            events.Updated(meeting, by, meeting.Recurrence is null ? null : "all", changes);
        }
    }

    public void ChangeOccurrence(SandboxMeeting meeting, MeetingOccurrence occurrence, Operator by, Action<MeetingOccurrence> change)
    {
        var (before, settings) = (occurrence.ToJson(), occurrence.Settings);
        change(occurrence);
        var series = meeting.Settings.ToJson();
        var changes = Changes.Between(ZoomJson.Merge(series, settings), ZoomJson.Merge(series, occurrence.Settings));
        events.OccurrenceUpdated(meeting, by, (before, occurrence.ToJson()), changes);
    }

    /// <summary>One date, or with null all of it. A deleted date stays listed as deleted.</summary>
    public void Delete(SandboxMeeting meeting, MeetingOccurrence? occurrence, Operator by)
    {
        if (occurrence is null)
        {
            meeting.IsDeleted = true;
        }
        else
        {
            occurrence.IsDeleted = true;
        }

        events.Deleted(meeting, occurrence, by);
    }

    public void Recover(SandboxMeeting meeting, Operator by)
    {
        meeting.IsDeleted = false;
        events.Recovered(meeting, by);
    }

    public void DeleteForGood(SandboxMeeting meeting, Operator by)
    {
        world.Meetings.Remove(meeting.Id);
        events.DeletedForGood(meeting, by);
    }

    private static (DateTimeOffset?, int, string, MeetingRecurrence?) DatesOf(SandboxMeeting meeting) =>
        (meeting.Start, meeting.Minutes, meeting.TimeZone, meeting.Recurrence);

    private void KeepToRules(SandboxMeeting meeting)
    {
        SecurityRule.Apply(meeting, world.Locked);
        if (world.Options.Plan == SandboxPlan.Free || !meeting.Host.IsLicensed)
        {
            meeting.Settings.ApprovalType = 2;
        }
    }
}
