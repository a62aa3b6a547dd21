using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox.Json;
using SessionGuard.ZoomSandbox.Meetings;
using SessionGuard.ZoomSandbox.Registration;

namespace SessionGuard.ZoomSandbox.Api;

/// <summary>Adding, listing and deciding on registrants. Needs a licensed host and a meeting with registration.</summary>
internal sealed class RegistrantCalls(RegistrationDesk desk, RateLimits limits, Pages pages)
{
    public void Map(ZoomApi api)
    {
        api.Map("POST", "/meetings/{meetingId}/registrants", RateLabel.Light, Scopes.WriteRegistrant, Post);
        api.Map("GET", "/meetings/{meetingId}/registrants", RateLabel.Medium, Scopes.ListRegistrants, List);
        api.Map("PUT", "/meetings/{meetingId}/registrants/status", RateLabel.Medium, Scopes.UpdateRegistrantStatus, PutStatus);
    }

    private ApiAnswer Post(ApiCall call)
    {
        const int MissingHere = 1001;
        var meeting = MeetingWithRegistration(call, MissingHere);
        var email = Required(call, "email", longest: 128);
        limits.CountRegistration(meeting, email);
        if (meeting.Registrants.Count >= RegistrationDesk.MostRegistrants)
        {
            throw new ZoomRefusal(400, 3043, "Meeting has reached maximum attendee capacity.");
        }

        var registrant = new SandboxRegistrant(
            meeting, Required(call, "first_name", longest: 64), call.BodyValue<string>("last_name") ?? "", email, call.World.Now)
        {
            CustomQuestions = call.Body["custom_questions"]?.DeepClone() as JsonArray,
        };
        desk.Add(registrant, approve: meeting.Settings.ApprovalType == 0 || call.BodyValue<bool?>("auto_approve") == true);
        return ApiAnswer.Created(Registered(meeting, registrant));
    }

    private ApiAnswer List(ApiCall call)
    {
        var meeting = MeetingWithRegistration(call, missingCode: 3001);
        var status = call.Query("status") ?? "approved";
        return ApiAnswer.Ok(pages.Page(call, "registrants", [.. meeting.Registrants.Where(r => r.Status == status).Select(Listed)], legacy: true));
    }

    private ApiAnswer PutStatus(ApiCall call)
    {
        const int MostAtOnce = 30;
        var meeting = MeetingWithRegistration(call, missingCode: 3001);
        var action = call.BodyValue<string>("action") ?? "";
        var wanted = call.Body["registrants"] as JsonArray ?? [];
        if (action is not ("approve" or "deny" or "cancel") || wanted.Count > MostAtOnce)
        {
            throw ZoomRefusal.InvalidField(wanted.Count > MostAtOnce ? "registrants" : "action", "Invalid field.");
        }

        foreach (var registrant in wanted.OfType<JsonObject>().Select(w => Find(meeting, w)).OfType<SandboxRegistrant>())
        {
            limits.CountStatusChange(registrant);
            desk.Decide(registrant, action, call.World.Owner);
        }

        return ApiAnswer.NoContent;
    }

    private static SandboxMeeting MeetingWithRegistration(ApiCall call, int missingCode)
    {
        var meeting = call.Meeting(missingCode);
        if (call.World.Options.Plan == SandboxPlan.Free || !meeting.Host.IsLicensed)
        {
            throw ZoomRefusal.PaidOnly(call.World.Options.AccountId);
        }

        return meeting.HasRegistration
            ? meeting
            : throw new ZoomRefusal(400, 3000, $"Registration has not been enabled for this meeting: {meeting.Id}.");
    }

    private static SandboxRegistrant? Find(SandboxMeeting meeting, JsonObject wanted) =>
        meeting.RegistrantList.Find(r => r.Id == (string?)wanted["id"] || r.Email == (string?)wanted["email"]);

    private static string Required(ApiCall call, string field, int longest)
    {
        var value = call.BodyValue<string>(field);
        return value is { Length: > 0 } && value.Length <= longest && (field != "email" || value.Contains('@'))
            ? value
            : throw ZoomRefusal.InvalidField(field, "Invalid field.");
    }

    private static JsonObject Registered(SandboxMeeting meeting, SandboxRegistrant registrant)
    {
        var answer = new JsonObject
        {
            ["id"] = meeting.Id,
            ["registrant_id"] = registrant.Id,
            ["join_url"] = registrant.JoinUrl,
            ["topic"] = meeting.Topic,
        };
        MeetingViews.AddWhenPresent(answer, "start_time", meeting.Start is { } start ? ZoomJson.Instant(start) : null);
        if (meeting.Occurrences.Count > 0)
        {
            answer["occurrences"] = ZoomJson.ToArray(meeting.Occurrences.Select(o => o.ToJson()));
        }

        return answer;
    }

    private static JsonObject Listed(SandboxRegistrant registrant)
    {
        var item = new JsonObject
        {
            ["id"] = registrant.Id,
            ["first_name"] = registrant.FirstName,
            ["last_name"] = registrant.LastName,
            ["email"] = registrant.Email,
            ["status"] = registrant.Status,
            ["create_time"] = ZoomJson.Instant(registrant.CreatedAt),
            ["join_url"] = registrant.JoinUrl,
        };
        MeetingViews.AddWhenPresent(item, "custom_questions", registrant.CustomQuestions?.DeepClone());
        return item;
    }
}
