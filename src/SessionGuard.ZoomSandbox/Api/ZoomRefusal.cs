using System.Text.Json.Nodes;

namespace SessionGuard.ZoomSandbox.Api;

/// <summary>Zoom's way of saying no: a status, its own code and a sentence. Thrown, because most handlers can only pass it up.</summary>
internal sealed class ZoomRefusal(int status, int code, string message, string? field = null) : Exception(message)
{
    public const int BadToken = 124;
    public const int Invalid = 300;

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static ZoomRefusal NoMeeting(string id) => new(404, 3001, $"Meeting does not exist: {id}.");

    public static ZoomRefusal NoUser(string id) => new(404, 1001, $"User does not exist: {id}.");

    public static ZoomRefusal InvalidField(string field, string why) => new(400, Invalid, "Validation Failed.", field) { Why = why };

    public static ZoomRefusal PaidOnly(string accountId) => new(400, 200, $"Only available for paid account: {accountId}.");

    public ApiAnswer ToAnswer()
    {
        var body = new JsonObject { ["code"] = code, ["message"] = Message };
        if (field is not null)
        {
            body["errors"] = new JsonArray(new JsonObject { ["field"] = field, ["message"] = Why });
        }

        return new ApiAnswer(status, body) { Headers = Headers };
    }

    private string? Why { get; init; }
}
