using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox.Meetings;

namespace SessionGuard.ZoomSandbox;

/// <content>What hosts do in Zoom's app and portal before a meeting, and what administrators set.</content>
public sealed partial class SandboxServer
{
    public SandboxHost AddHost(string email, string firstName, string lastName)
    {
        lock (_world.Gate)
        {
            return _office.AddHost(email, firstName, lastName);
        }
    }

    /// <summary>Raises meeting.created. Zoom may alter the wish: something of passcode, waiting room and authentication stays on.</summary>
    public SandboxMeeting Schedule(string hostEmail, ScheduleMeeting wish)
    {
        lock (_world.Gate)
        {
            var host = _world.Host(hostEmail);
            var meeting = _book.Draft(host, wish.Recurrence is null ? wish.Type : MeetingType.RecurringFixedTime, "web_portal");
            meeting.Topic = wish.Topic;
            meeting.Agenda = wish.Agenda;
            meeting.Minutes = wish.Minutes;
            meeting.Recurrence = wish.Recurrence;
            meeting.Start = meeting.Type is MeetingType.Instant or MeetingType.RecurringNoFixedTime ? null : wish.Start;
            meeting.TimeZone = wish.TimeZone ?? meeting.TimeZone;
            meeting.Passcode = wish.Passcode ?? (MeetingBook.AsksForPasscode(host) ? Passcodes.Generate(host.PasscodeRequirement) : "");
            meeting.Settings.WaitingRoom = wish.WaitingRoom ?? meeting.Settings.WaitingRoom;
            meeting.Settings.JoinBeforeHost = wish.JoinBeforeHost ?? meeting.Settings.JoinBeforeHost;
            meeting.Settings.MeetingAuthentication |= wish.Authentication;
            meeting.Settings.UsePmi |= wish.UsePmi;
            meeting.Settings.AlternativeHosts = wish.AlternativeHosts;
            meeting.Settings.ApprovalType = wish.Registration ? 0 : 2;
            _book.Add(meeting, Operator.Of(host));
            return meeting;
        }
    }

    /// <summary>The meeting, or null when there never was one; a deleted meeting is still found here.</summary>
    public SandboxMeeting? FindMeeting(long meetingId)
    {
        lock (_world.Gate)
        {
            return _world.Meetings.GetValueOrDefault(meetingId);
        }
    }

    /// <summary>The host edits the meeting; raises meeting.updated with what really changed.</summary>
    public void Change(long meetingId, Action<SandboxMeeting> change)
    {
        lock (_world.Gate)
        {
            var meeting = _world.Meeting(meetingId);
            _book.Change(meeting, Operator.Of(meeting.Host), change);
        }
    }

    /// <summary>The host edits one date of a series.</summary>
    public void ChangeOccurrence(long meetingId, string occurrenceId, Action<MeetingOccurrence> change)
    {
        lock (_world.Gate)
        {
            var meeting = _world.Meeting(meetingId);
            _book.ChangeOccurrence(meeting, Occurrence(meeting, occurrenceId), Operator.Of(meeting.Host), change);
        }
    }

    /// <summary>The host deletes the meeting, or one date of it.</summary>
    public void Delete(long meetingId, string? occurrenceId = null)
    {
        lock (_world.Gate)
        {
            var meeting = _world.Meeting(meetingId);
            _book.Delete(meeting, occurrenceId is null ? null : Occurrence(meeting, occurrenceId), Operator.Of(meeting.Host));
        }
    }

    /// <summary>The host takes a deleted meeting out of the bin.</summary>
    public void Recover(long meetingId)
    {
        lock (_world.Gate)
        {
            var meeting = _world.Meetings[meetingId];
            _book.Recover(meeting, Operator.Of(meeting.Host));
        }
    }

    /// <summary>The bin is emptied.</summary>
    public void DeleteForGood(long meetingId)
    {
        lock (_world.Gate)
        {
            var meeting = _world.Meetings[meetingId];
            _book.DeleteForGood(meeting, Operator.Of(meeting.Host));
        }
    }

    /// <summary>Someone fills in the meeting's registration form.</summary>
    public SandboxRegistrant Register(long meetingId, string firstName, string lastName, string email)
    {
        lock (_world.Gate)
        {
            var meeting = _world.Meeting(meetingId);
            var registrant = new SandboxRegistrant(meeting, firstName, lastName, email, _world.Now);
            _desk.Add(registrant, approve: meeting.Settings.ApprovalType == 0);
            return registrant;
        }
    }

    /// <summary>The host decides in the portal: approve, deny or cancel.</summary>
    public void DecideRegistration(SandboxRegistrant registrant, string action)
    {
        lock (_world.Gate)
        {
            if (!_desk.Decide(registrant, action, Operator.Of(registrant.Meeting.Host)))
            {
                throw new ArgumentException($"Zoom knows approve, deny and cancel, not {action}.", nameof(action));
            }
        }
    }

    /// <summary>The user changes a setting in the portal; raises user.settings_updated.</summary>
    /// <param name="group">As in Zoom's JSON, such as <c>in_meeting</c>.</param>
    /// <param name="key">As in Zoom's JSON, such as <c>private_chat</c>; an unknown one changes nothing.</param>
    public void ChangeUserSettings(string email, string group, string key, JsonNode value) =>
        ChangeUserSettings(email, new JsonObject { [group] = new JsonObject { [key] = value } });

    /// <summary>The user changes several settings at once; groups and keys as in Zoom's JSON.</summary>
    public void ChangeUserSettings(string email, JsonObject changes)
    {
        lock (_world.Gate)
        {
            var user = _world.Host(email);
            _office.ChangeSettings(user, changes, Operator.Of(user));
        }
    }

    /// <summary>The administrator locks an option: users' own value of it then wins over every request.</summary>
    public void SetLock(SecurityOption option, bool locked)
    {
        lock (_world.Gate)
        {
            _office.SetLock(option, locked);
        }
    }

    /// <summary>The administrator changes what the app may do; also in tokens already given out.</summary>
    public void SetScope(string scope, bool granted) => _tokens!.SetScope(scope, granted);

    /// <summary>Every token given out so far stops working, as when the app is deactivated.</summary>
    public void RevokeTokens() => _tokens!.RevokeAll();

    private static MeetingOccurrence Occurrence(SandboxMeeting meeting, string occurrenceId) =>
        meeting.FindOccurrence(occurrenceId)
        ?? throw new ArgumentException($"Meeting {meeting.Id} has no date {occurrenceId}.", nameof(occurrenceId));
}
