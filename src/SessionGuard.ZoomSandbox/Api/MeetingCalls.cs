using SessionGuard.ZoomSandbox.Json;
using SessionGuard.ZoomSandbox.Meetings;

namespace SessionGuard.ZoomSandbox.Api;

/// <summary>Reading, changing, deleting and ending one meeting.</summary>
internal sealed class MeetingCalls(MeetingBook book, Doorway doorway, RateLimits limits)
{
    public void Map(ZoomApi api)
    {
        api.Map("GET", "/meetings/{meetingId}", RateLabel.Light, Scopes.ReadMeeting, Get);
        api.Map("PATCH", "/meetings/{meetingId}", RateLabel.Light, Scopes.UpdateMeeting, Patch);
        api.Map("DELETE", "/meetings/{meetingId}", RateLabel.Light, Scopes.DeleteMeeting, Delete);
        api.Map("PUT", "/meetings/{meetingId}/status", RateLabel.Light, Scopes.UpdateStatus, PutStatus);
        api.Map("POST", "/users/{userId}/meetings", RateLabel.Light, Scopes.WriteMeeting, Post);
    }

    private static ApiAnswer Get(ApiCall call)
    {
        var meeting = call.Meeting();
        var view = MeetingViews.Whole(meeting, call.Occurrence(meeting), call.World.LiveInstance(meeting)?.Uuid);
        if (meeting.Occurrences.Count > 0 && call.Flag("show_previous_occurrences") != true)
        {
            var ahead = meeting.Occurrences.Where(o => o.Start.AddMinutes(o.Minutes) >= call.World.Now);
            view["occurrences"] = ZoomJson.ToArray(ahead.Select(o => o.ToJson()));
        }

        return ApiAnswer.Ok(view);
    }

    private ApiAnswer Patch(ApiCall call)
    {
        var meeting = call.Meeting();
        var occurrence = call.Occurrence(meeting);
        limits.CountMeetingWrite(meeting.Host);
        if (occurrence is null)
        {
            var wish = MeetingWish.Read(call, meeting, creating: false);
            book.Change(meeting, call.World.Owner, wish.ApplyTo);
        }
        else
        {
            var wish = OccurrenceWish.Read(call, meeting);
            book.ChangeOccurrence(meeting, occurrence, call.World.Owner, wish.ApplyTo);
        }

        return ApiAnswer.NoContent;
    }

    private ApiAnswer Delete(ApiCall call)
    {
        var meeting = call.Meeting();
        if (meeting.Type == MeetingType.PersonalRoom)
        {
            throw new ZoomRefusal(400, 3018, "Not allowed to delete PMI.");
        }

        book.Delete(meeting, call.Occurrence(meeting), call.World.Owner);
        return ApiAnswer.NoContent;
    }

    private ApiAnswer PutStatus(ApiCall call)
    {
        var action = call.BodyValue<string>("action");
        if (action == "recover")
        {
            book.Recover(DeletedMeeting(call), call.World.Owner);
            return ApiAnswer.NoContent;
        }

        var meeting = call.Meeting();
        if (action != "end")
        {
            throw ZoomRefusal.InvalidField("action", "Invalid field.");
        }

        if (call.World.LiveInstance(meeting) is { } live)
        {
            doorway.End(live);
        }

        return ApiAnswer.NoContent;
    }

    private ApiAnswer Post(ApiCall call)
    {
        var host = call.Host();
        ApiCall.RequireHosting(host);
        limits.CountMeetingWrite(host);
        var type = (MeetingType)(call.BodyValue<int?>("type") ?? (int)MeetingType.Scheduled);
        if (type is not (MeetingType.Instant or MeetingType.Scheduled or MeetingType.RecurringNoFixedTime or MeetingType.RecurringFixedTime))
        {
            throw ZoomRefusal.InvalidField("type", "Invalid field.");
        }

        var meeting = book.Draft(host, type, "open_api");
        var wish = MeetingWish.Read(call, meeting, creating: true);
        wish.ApplyTo(meeting);
        if (meeting.Passcode.Length == 0 && (call.BodyValue<bool?>("default_password") ?? true) && MeetingBook.AsksForPasscode(host))
        {
            meeting.Passcode = Passcodes.Generate(host.PasscodeRequirement);
        }

        book.Add(meeting, call.World.Owner);
        return ApiAnswer.Created(MeetingViews.Whole(meeting, occurrence: null, liveUuid: null));
    }

    private static SandboxMeeting DeletedMeeting(ApiCall call)
    {
        var id = call.Context.Request.RouteValues["meetingId"] as string ?? "";
        return call.World.Meetings.Values.FirstOrDefault(m => m.IsDeleted && $"{m.Id}" == id) ?? throw ZoomRefusal.NoMeeting(id);
    }
}
