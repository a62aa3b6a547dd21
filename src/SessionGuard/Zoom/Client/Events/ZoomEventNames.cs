namespace SessionGuard.Zoom.Client.Events;

/// <summary>Zoom's names of the events that something here applies.</summary>
internal static class ZoomEventNames
{
    public const string Created = "meeting.created";
    public const string Updated = "meeting.updated";
    public const string Deleted = "meeting.deleted";
    public const string PermanentlyDeleted = "meeting.permanently_deleted";
    public const string Recovered = "meeting.recovered";
    public const string Started = "meeting.started";
    public const string Ended = "meeting.ended";
    public const string ParticipantJoined = "meeting.participant_joined";
    public const string ParticipantLeft = "meeting.participant_left";
    public const string JoinedWaitingRoom = "meeting.participant_joined_waiting_room";
    public const string LeftWaitingRoom = "meeting.participant_left_waiting_room";
    public const string PutInWaitingRoom = "meeting.participant_put_in_waiting_room";
    public const string Admitted = "meeting.participant_admitted";
    public const string WaitsForHost = "meeting.participant_jbh_waiting";
    public const string StoppedWaitingForHost = "meeting.participant_jbh_waiting_left";
    public const string JoinedBreakoutRoom = "meeting.participant_joined_breakout_room";
    public const string LeftBreakoutRoom = "meeting.participant_left_breakout_room";
    public const string RoleChanged = "meeting.participant_role_changed";
}
