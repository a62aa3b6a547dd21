using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.ZoomSandbox.Spec;

/// <summary>Every answer of every endpoint is one that Zoom's own files describe: status, types, and no invented fields.</summary>
public sealed class AnswersMatchSpecTests : SandboxTest
{
    private readonly List<string> _errors = [];
    private readonly HashSet<string> _checked = [];
    private ZoomSpec _meetings = null!;
    private ZoomSpec _users = null!;

    protected override SandboxOptions Configure(SandboxOptions options) => options with { RateLimits = false };

    [Fact]
    public async Task Every_answer_is_valid()
    {
        (_meetings, _users) = (ZoomSpec.Meetings(), ZoomSpec.Users());
        await PlanAsync();
        await RegisterAsync();
        await LookBackAsync();
        await ReadAndChangeSettingsAsync();
        await BeRefusedAsync();

        Assert.True(_errors.Count == 0, string.Join('\n', _errors));
        Assert.Equal(16, _checked.Count);
    }

    private async Task PlanAsync()
    {
        var created = await CheckAsync("post", "/users/{userId}/meetings", Teacher, Json("""
            {
              "topic": "Grade 3 Tap", "type": 8, "start_time": "2026-11-24T17:00:00", "timezone": "Europe/London", "duration": 45, "agenda": "Shoes!",
              "recurrence": { "type": 2, "repeat_interval": 1, "weekly_days": "3", "end_times": 4 },
              "settings": { "waiting_room": true, "approval_type": 0, "meeting_invitees": [{ "email": "a@b.example" }] }
            }
            """));
        var id = $"{created!["id"]}";
        var date = (string?)created["occurrences"]![1]!["occurrence_id"];
        await CheckAsync("post", "/users/{userId}/meetings", Teacher, new JsonObject { ["topic"] = "Room", ["type"] = 1 });
        await CheckAsync("get", "/meetings/{meetingId}", id);
        await CheckAsync("get", "/meetings/{meetingId}", id, query: $"?occurrence_id={date}");
        await CheckAsync("get", "/meetings/{meetingId}", $"{Host.PersonalMeetingId}");
        await CheckAsync("patch", "/meetings/{meetingId}", id, Json("""{"password":"tap-4Kz_9q","settings":{"waiting_room":true}}"""));
        await CheckAsync("patch", "/meetings/{meetingId}", id, new JsonObject { ["duration"] = 60 }, query: $"?occurrence_id={date}");
        foreach (var type in (string[])["scheduled", "upcoming", "live", "previous_meetings"])
        {
            await CheckAsync("get", "/users/{userId}/meetings", Teacher, query: $"?type={type}&page_size=2");
        }

        await CheckAsync("delete", "/meetings/{meetingId}", id, query: $"?occurrence_id={date}");
        await CheckAsync("delete", "/meetings/{meetingId}", id);
        await CheckAsync("put", "/meetings/{meetingId}/status", id, new JsonObject { ["action"] = "recover" });
    }

    private async Task RegisterAsync()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass with { Registration = true });
        var body = Json("""{"email":"seat-1@seats.example","first_name":"Poppy","custom_questions":[{"title":"Child","value":"Poppy"}]}""");
        var added = await CheckAsync("post", "/meetings/{meetingId}/registrants", $"{meeting.Id}", body);
        await CheckAsync("get", "/meetings/{meetingId}/registrants", $"{meeting.Id}");
        await CheckAsync("put", "/meetings/{meetingId}/registrants/status", $"{meeting.Id}", new JsonObject
        {
            ["action"] = "cancel",
            ["registrants"] = new JsonArray(new JsonObject { ["id"] = (string?)added!["registrant_id"] }),
        });
    }

    private async Task LookBackAsync()
    {
        var meeting = Zoom.Schedule(Teacher, TapClass with { WaitingRoom = true });
        Zoom.Join(meeting.Id, JoinMeeting.User(Host));
        var child = Zoom.Join(meeting.Id, JoinMeeting.Guest("Poppy R"));
        await CheckAsync("get", "/meetings/{meetingId}", $"{meeting.Id}");
        Zoom.Admit(child);
        Zoom.EnterBreakoutRoom(child, "XOa2trvpUBvm+ymRKbceaA==");
        Zoom.End(meeting.Id);
        await CheckAsync("get", "/past_meetings/{meetingId}", $"{meeting.Id}");
        await CheckAsync("get", "/past_meetings/{meetingId}/instances", $"{meeting.Id}");
        await CheckAsync("get", "/past_meetings/{meetingId}/participants", $"{meeting.Id}");
        await CheckAsync("get", "/report/meetings/{meetingId}/participants", $"{meeting.Id}", query: "?include_fields=registrant_id");
    }

    private async Task ReadAndChangeSettingsAsync()
    {
        await CheckAsync("get", "/users", "");
        await CheckAsync("get", "/users/{userId}/settings", Teacher, branches: [0]);
        await CheckAsync("get", "/users/{userId}/settings", Teacher, query: "?option=meeting_security", branches: [3]);
        await CheckAsync("get", "/users/{userId}/settings", Teacher, query: "?option=meeting_authentication", branches: [2, 0]);
        await CheckAsync("patch", "/users/{userId}/settings", Teacher, new JsonObject { ["in_meeting"] = new JsonObject { ["chat"] = false } });
    }

    private async Task BeRefusedAsync()
    {
        await CheckAsync("get", "/meetings/{meetingId}", "86000000000");
        await CheckAsync("get", "/users/{userId}/settings", "nobody@academy.example");
        var meeting = Zoom.Schedule(Teacher, TapClass);
        await CheckAsync("patch", "/meetings/{meetingId}", $"{meeting.Id}", new JsonObject { ["password"] = "far too long for Zoom" });
        await CheckAsync("post", "/meetings/{meetingId}/registrants", "86000000000", []);
    }

    private async Task<JsonNode?> CheckAsync(string method, string path, string id, JsonObject? body = null, string query = "", params int[] branches)
    {
        var real = path.Replace("{meetingId}", id, StringComparison.Ordinal).Replace("{userId}", id, StringComparison.Ordinal);
        var answer = await SendAsync(new HttpMethod(method.ToUpperInvariant()), real[1..] + query, body);
        var text = await answer.Content.ReadAsStringAsync();
        var status = (int)answer.StatusCode;
        var spec = _meetings.HasPath(path) ? _meetings : _users;
        var name = $"{method} {path}";
        _checked.Add(name);
        if (!spec.Statuses(method, path).Contains($"{status}"))
        {
            _errors.Add($"{name}: status {status} is not documented. {text}");
        }
        else if (status >= 400)
        {
            Assert.IsType<int>(JsonNode.Parse(text)!["code"]!.GetValue<int>());
            Assert.NotEmpty((string)JsonNode.Parse(text)!["message"]!);
        }
        else if (status == 204)
        {
            Assert.Empty(text);
        }
        else
        {
            var errors = await spec.ErrorsAsync($"{name} {string.Join(',', branches)}", spec.AnswerSchema(method, path, status, branches), text);
            _errors.AddRange(errors.Select(e => $"{name}{query} {e}"));
        }

        return text.Length == 0 ? null : JsonNode.Parse(text);
    }
}
