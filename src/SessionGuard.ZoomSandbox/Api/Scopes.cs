namespace SessionGuard.ZoomSandbox.Api;

/// <summary>The granular scopes of the calls that the sandbox answers.</summary>
internal static class Scopes
{
    public const string ReadMeeting = "meeting:read:meeting:admin";
    public const string UpdateMeeting = "meeting:update:meeting:admin";
    public const string DeleteMeeting = "meeting:delete:meeting:admin";
    public const string UpdateStatus = "meeting:update:status:admin";
    public const string WriteMeeting = "meeting:write:meeting:admin";
    public const string ListMeetings = "meeting:read:list_meetings:admin";
    public const string WriteRegistrant = "meeting:write:registrant:admin";
    public const string ListRegistrants = "meeting:read:list_registrants:admin";
    public const string UpdateRegistrantStatus = "meeting:update:registrant_status:admin";
    public const string ReadPastMeeting = "meeting:read:past_meeting:admin";
    public const string ListPastInstances = "meeting:read:list_past_instances:admin";
    public const string ListPastParticipants = "meeting:read:list_past_participants:admin";
    public const string ReportParticipants = "report:read:list_meeting_participants:admin";
    public const string ListUsers = "user:read:list_users:admin";
    public const string ReadSettings = "user:read:settings:admin";
    public const string UpdateSettings = "user:update:settings:admin";

    public static IReadOnlyList<string> All { get; } =
    [
        ReadMeeting, UpdateMeeting, DeleteMeeting, UpdateStatus, WriteMeeting, ListMeetings, WriteRegistrant, ListRegistrants,
        UpdateRegistrantStatus, ReadPastMeeting, ListPastInstances, ListPastParticipants, ReportParticipants, ListUsers, ReadSettings, UpdateSettings,
    ];
}
