namespace SessionGuard.Zoom.Events;

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
}
