using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SessionGuard.ZoomSandbox.Api;

/// <summary>One authorised API call, with the world locked while it is answered.</summary>
internal sealed record ApiCall(HttpContext Context, JsonObject Body, ZoomWorld World)
{
    public string? Query(string name) => Context.Request.Query[name] is [{ Length: > 0 } value, ..] ? value : null;

    public bool? Flag(string name) => Query(name) is { } value ? value == "true" : null;

    public SandboxHost Host()
    {
        var id = Context.Request.RouteValues["userId"] as string ?? "";
        // "me" has no meaning for a Server-to-Server app and is refused like any unknown user.
        return World.FindHost(id) ?? throw ZoomRefusal.NoUser(id);
    }

    /// <summary>The host of a call that schedules or changes.</summary>
    public static void RequireHosting(SandboxHost host)
    {
        if (!host.MayHost)
        {
            throw new ZoomRefusal(400, 3161, "Your user account is not allowed meeting hosting and scheduling capabilities.");
        }
    }

    /// <param name="missingCode">3001 nearly everywhere; adding a registrant says 1001.</param>
    public SandboxMeeting Meeting(int missingCode = 3001)
    {
        var text = Context.Request.RouteValues["meetingId"] as string ?? "";
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            throw new ZoomRefusal(400, ZoomRefusal.Invalid, "The value that you entered for the Meeting ID field is not valid.");
        }

        if (!World.TryFindMeeting(id, out var meeting))
        {
            throw new ZoomRefusal(404, missingCode, $"Meeting does not exist: {id}.");
        }

        RequireHosting(meeting.Host);
        return meeting;
    }

    public MeetingOccurrence? Occurrence(SandboxMeeting meeting) => Query("occurrence_id") is not { } id
        ? null
        : meeting.FindOccurrence(id) ?? throw new ZoomRefusal(400, ZoomRefusal.Invalid, "Invalid parameter: occurrence_id.");

    /// <summary>An ended run, by meeting id (its latest) or uuid.</summary>
    public SandboxInstance EndedInstance()
    {
        var key = InstanceKey();
        var instance = World.FindEnded(key) ?? throw ZoomRefusal.NoMeeting(key);
        return instance.EndedAt < World.Now.AddYears(-1)
            ? throw new ZoomRefusal(400, 12702, "Can not access a meeting a year ago.")
            : instance;
    }

    /// <summary>The body's value, or null when it is absent or null; a value of another type is refused.</summary>
    public T? BodyValue<T>(string name)
    {
        try
        {
            return Body[name] is { } value ? value.GetValue<T>() : default;
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw ZoomRefusal.InvalidField(name, "Invalid field.");
        }
    }

    public static JsonObject ParseBody(string text)
    {
        try
        {
            return text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject ?? throw Malformed();
        }
        catch (JsonException)
        {
            throw Malformed();
        }
    }

    private static ZoomRefusal Malformed() => new(400, ZoomRefusal.Invalid, "Request Body should be a valid JSON object.");

    /// <summary>The id as it was sent: a uuid that begins with a slash or has two in a row must come encoded twice.</summary>
    private string InstanceKey()
    {
        var target = Context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.Split('?')[0].Split('/');
        var raw = path[Array.FindIndex(path, p => p is "past_meetings" or "meetings") + 1];
        var once = Uri.UnescapeDataString(raw);
        return once.StartsWith('/') || once.Contains("//", StringComparison.Ordinal)
            ? throw ZoomRefusal.NoMeeting(once)
            : Uri.UnescapeDataString(once);
    }
}
