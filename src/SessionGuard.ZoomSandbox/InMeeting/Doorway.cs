using System.Globalization;
using SessionGuard.ZoomSandbox.Events;

namespace SessionGuard.ZoomSandbox;

/// <summary>Starts and ends meetings, and moves people between door, waiting room and meeting.</summary>
internal sealed class Doorway(ZoomWorld world, ParticipantEvents events)
{
    /// <summary>Zoom reports someone who waits for the host only after this long.</summary>
    private static readonly TimeSpan WaitBeforeNotice = TimeSpan.FromSeconds(30);

    private int _connections;

    public SandboxInstance Start(SandboxMeeting meeting, string? uuid)
    {
        if (world.LiveInstance(meeting) is { } running)
        {
            return running;
        }

        var instance = new SandboxInstance(meeting, uuid ?? meeting.NextInstanceUuid, world.Now);
        meeting.NextInstanceUuid = ZoomIds.Uuid();
        world.Instances.Add(instance);
        events.Started(instance);
        foreach (var waiting in meeting.Lobby.ToList())
        {
            LeaveLobby(waiting);
            Enter(instance, waiting);
        }

        return instance;
    }

    public void End(SandboxInstance instance)
    {
        foreach (var person in instance.People.Where(p => p.Whereabouts != ParticipantWhereabouts.Left).ToList())
        {
            Leave(person, LeaveReasons.Because(person.Name, LeaveReasons.HostEnded));
        }

        instance.EndedAt = world.Now;
        events.Ended(instance);
    }

    public SandboxParticipant Join(SandboxMeeting meeting, JoinMeeting who)
    {
        RequireWorkingLink(meeting, who);
        var user = who.SignedInAs is null ? null : world.Host(who.SignedInAs);
        var person = new SandboxParticipant(meeting, who, user, NextUserId());
        var beforeHost = meeting.Settings is { JoinBeforeHost: true, WaitingRoom: false };
        var instance = world.LiveInstance(meeting);
        if (instance is null && (person.Role == ParticipantRole.Host || beforeHost))
        {
            instance = Start(meeting, null);
            if (person.Role != ParticipantRole.Host)
            {
                events.JoinedBeforeHost(person, instance);
            }
        }

        if (instance is null)
        {
            WaitForHost(person);
        }
        else
        {
            Enter(instance, person);
        }

        return person;
    }

    public void Admit(SandboxParticipant person)
    {
        Require(person, ParticipantWhereabouts.InWaitingRoom);
        events.Admitted(person);
        events.LeftWaitingRoom(person);
        MoveTo(person, ParticipantWhereabouts.InMeeting);
        events.Joined(person);
    }

    public void PutInWaitingRoom(SandboxParticipant person)
    {
        Require(person, ParticipantWhereabouts.InMeeting);
        MoveTo(person, ParticipantWhereabouts.InWaitingRoom);
        events.PutInWaitingRoom(person);
    }

    public void Leave(SandboxParticipant person, string? reason)
    {
        switch (person.Whereabouts)
        {
            case ParticipantWhereabouts.WaitingForHost:
                LeaveLobby(person);
                break;
            case ParticipantWhereabouts.InWaitingRoom:
                MoveTo(person, ParticipantWhereabouts.Left);
                events.LeftWaitingRoom(person);
                break;
            case ParticipantWhereabouts.InMeeting:
                LeaveBreakoutRoom(person);
                MoveTo(person, ParticipantWhereabouts.Left);
                events.Left(person, reason ?? LeaveReasons.Left(person.Name));
                break;
            case ParticipantWhereabouts.Left:
                break;
        }

        person.Whereabouts = ParticipantWhereabouts.Left;
    }

    public void ChangeRole(SandboxParticipant person, ParticipantRole role)
    {
        var old = person.Role;
        person.Role = role;
        events.RoleChanged(person, old);
    }

    public void EnterBreakoutRoom(SandboxParticipant person, string roomUuid)
    {
        Require(person, ParticipantWhereabouts.InMeeting);
        LeaveBreakoutRoom(person);
        person.Breakout = (roomUuid, NextUserId());
        person.Instance!.Stays.Add(new ParticipantStay(person, person.Breakout.Value.UserId, inWaitingRoom: false, roomUuid, world.Now));
        events.JoinedBreakoutRoom(person);
    }

    public void LeaveBreakoutRoom(SandboxParticipant person)
    {
        if (person.Breakout is { } breakout)
        {
            events.LeftBreakoutRoom(person);
            person.Instance!.Stays.Find(s => s.UserId == breakout.UserId)!.Left = world.Now;
            person.Breakout = null;
        }
    }

    private void Enter(SandboxInstance instance, SandboxParticipant person)
    {
        person.Instance = instance;
        instance.People.Add(person);
        if (person.AsksForWaitingRoom || (instance.Meeting.Settings.WaitingRoom && !person.SkipsWaitingRoom))
        {
            MoveTo(person, ParticipantWhereabouts.InWaitingRoom);
            events.JoinedWaitingRoom(person);
        }
        else
        {
            MoveTo(person, ParticipantWhereabouts.InMeeting);
            events.Joined(person);
        }
    }

    private void MoveTo(SandboxParticipant person, ParticipantWhereabouts next)
    {
        var stays = person.Instance!.Stays;
        if (stays.Find(s => s.Who == person && s.UserId == person.UserId && s.Left is null) is { } open)
        {
            open.Left = world.Now;
        }

        if (next != ParticipantWhereabouts.Left)
        {
            stays.Add(new ParticipantStay(person, person.UserId, next == ParticipantWhereabouts.InWaitingRoom, breakoutRoomUuid: null, world.Now));
        }

        person.Whereabouts = next;
    }

    private void WaitForHost(SandboxParticipant person)
    {
        person.Meeting.Lobby.Add(person);
        person.WaitingNotice = world.Options.Clock.CreateTimer(_ => Notice(person), null, WaitBeforeNotice, Timeout.InfiniteTimeSpan);
    }

    private void Notice(SandboxParticipant person)
    {
        lock (world.Gate)
        {
            if (person.Whereabouts == ParticipantWhereabouts.WaitingForHost && person.Meeting.Lobby.Contains(person))
            {
                person.WaitingWasReported = true;
                events.WaitsForHost(person);
            }
        }
    }

    private void LeaveLobby(SandboxParticipant person)
    {
        person.Meeting.Lobby.Remove(person);
        person.WaitingNotice?.Dispose();
        if (person.WaitingWasReported)
        {
            events.StoppedWaitingForHost(person);
        }
    }

    private string NextUserId() => (16_778_240 + (1024 * _connections++)).ToString(CultureInfo.InvariantCulture);

    private static void RequireWorkingLink(SandboxMeeting meeting, JoinMeeting who)
    {
        if (who.RegistrantId is { } id && !meeting.RegistrantList.Exists(r => r.Id == id && r.Status == "approved"))
        {
            throw new InvalidOperationException($"Zoom does not let {who.Name} in: the registration is not approved.");
        }
    }

    private static void Require(SandboxParticipant person, ParticipantWhereabouts where)
    {
        if (person.Whereabouts != where)
        {
            throw new InvalidOperationException($"{person.Name} is not {where} but {person.Whereabouts}.");
        }
    }
}
