using System.Text.Json.Nodes;

namespace SessionGuard.ZoomSandbox.Events;

/// <summary>Sharing and chat.</summary>
internal sealed class InMeetingEvents(EventFeed feed)
{
    public void SharingStarted(SandboxParticipant person, string content) => Sharing("meeting.sharing_started", person, content);

    public void SharingEnded(SandboxParticipant person, string content) => Sharing("meeting.sharing_ended", person, content);

    /// <summary>Reaches only accounts for which Zoom has enabled chat inspection. A message to one person names that person.</summary>
    public void Chat(SandboxParticipant from, string text, SandboxParticipant? to)
    {
        var message = new JsonObject
        {
            ["date_time"] = feed.NowText,
            ["sender_session_id"] = from.UserId,
            ["sender_name"] = from.Name,
            ["sender_type"] = Type(from),
            ["sender_context"] = "meeting",
            ["recipient_type"] = to is null ? "everyone" : Type(to),
            ["recipient_context"] = "meeting",
            ["message_id"] = ZoomIds.Token(27),
            ["message_content"] = text,
        };
        if (to is not null)
        {
            message["recipient_session_id"] = to.UserId;
            message["recipient_name"] = to.Name;
        }

        var instance = from.Instance!;
        feed.Raise("meeting.chat_message_sent", new JsonObject { ["id"] = instance.EventId, ["uuid"] = instance.Uuid, ["chat_message"] = message });
    }

    private void Sharing(string name, SandboxParticipant person, string content)
    {
        var subject = InstanceFacts.WithTextId(person.Instance!);
        subject["participant"] = new JsonObject
        {
            ["user_id"] = person.UserId,
            ["user_name"] = person.Name,
            ["id"] = person.ZoomUserId,
            ["sharing_details"] = new JsonObject
            {
                ["content"] = content,
                ["link_source"] = "",
                ["file_link"] = "",
                ["date_time"] = feed.NowText,
                ["source"] = "",
            },
        };
        feed.Raise(name, subject);
    }

    private static string Type(SandboxParticipant person) => person.Role == ParticipantRole.Attendee ? "guest" : "host";
}
