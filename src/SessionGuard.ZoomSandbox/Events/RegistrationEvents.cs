using System.Text.Json.Nodes;

namespace SessionGuard.ZoomSandbox.Events;

/// <summary>Events about registrants; only the first has no operator.</summary>
internal sealed class RegistrationEvents(EventFeed feed)
{
    public void Created(SandboxRegistrant registrant)
    {
        var who = Person(registrant);
        who["status"] = registrant.Status;
        who["join_url"] = registrant.JoinUrl;
        who["custom_questions"] = registrant.CustomQuestions?.DeepClone() ?? new JsonArray();
        feed.Raise("meeting.registration_created", Subject(registrant, who));
    }

    public void Approved(SandboxRegistrant registrant, Operator by)
    {
        var who = Person(registrant);
        who["join_url"] = registrant.JoinUrl;
        feed.Raise("meeting.registration_approved", Subject(registrant, who), EventFeed.By(by));
    }

    public void Denied(SandboxRegistrant registrant, Operator by) =>
        feed.Raise("meeting.registration_denied", Subject(registrant, Person(registrant)), EventFeed.By(by));

    public void Cancelled(SandboxRegistrant registrant, Operator by) =>
        feed.Raise("meeting.registration_cancelled", Subject(registrant, Person(registrant)), EventFeed.By(by));

    private static JsonObject Person(SandboxRegistrant registrant) => new()
    {
        ["id"] = registrant.Id,
        ["first_name"] = registrant.FirstName,
        ["last_name"] = registrant.LastName,
        ["email"] = registrant.Email,
    };

    private static JsonObject Subject(SandboxRegistrant registrant, JsonObject who)
    {
        var subject = MeetingEvents.Facts(registrant.Meeting);
        subject["registrant"] = who;
        return subject;
    }
}
