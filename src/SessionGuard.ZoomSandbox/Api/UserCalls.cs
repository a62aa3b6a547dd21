using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox.Json;

namespace SessionGuard.ZoomSandbox.Api;

/// <summary>The account's users and their settings; <c>option</c> chooses another shape of the same settings.</summary>
internal sealed class UserCalls(AccountOffice office, Pages pages)
{
    private static readonly string[] OptionShapes = ["meeting_security", "meeting_authentication"];

    public void Map(ZoomApi api)
    {
        api.Map("GET", "/users", RateLabel.Medium, Scopes.ListUsers, List);
        api.Map("GET", "/users/{userId}/settings", RateLabel.Medium, Scopes.ReadSettings, GetSettings);
        api.Map("PATCH", "/users/{userId}/settings", RateLabel.Medium, Scopes.UpdateSettings, PatchSettings);
    }

    private ApiAnswer List(ApiCall call) => ApiAnswer.Ok(pages.Page(call, "users", [.. call.World.Hosts.Select(Listed)], legacy: true));

    private static ApiAnswer GetSettings(ApiCall call)
    {
        var settings = call.Host().Settings;
        return ApiAnswer.Ok(Option(call) switch
        {
            // The one shape without an envelope.
            "meeting_authentication" => settings["meeting_authentication"]!.DeepClone(),
            { } option => new JsonObject { [option] = settings[option]?.DeepClone() },
            null => ZoomJson.Only(settings, group => !OptionShapes.Contains(group)),
        });
    }

    private ApiAnswer PatchSettings(ApiCall call)
    {
        var user = call.Host();
        var changes = Option(call) switch
        {
            "meeting_authentication" => new JsonObject { ["meeting_authentication"] = call.Body.DeepClone() },
            { } option => ZoomJson.Only(call.Body, group => group == option),
            null => ZoomJson.Only(call.Body, group => !OptionShapes.Contains(group)),
        };
        office.ChangeSettings(user, changes, call.World.Owner);
        return ApiAnswer.NoContent;
    }

    private static string? Option(ApiCall call) => call.Query("option") is not { } option ? null
        : OptionShapes.Contains(option) ? option
        : throw ZoomRefusal.InvalidField("option", "Invalid field.");

    private static JsonObject Listed(SandboxHost host) => new()
    {
        ["id"] = host.Id,
        ["first_name"] = host.FirstName,
        ["last_name"] = host.LastName,
        ["display_name"] = host.DisplayName,
        ["email"] = host.Email,
        ["type"] = host.IsLicensed ? 2 : 1,
        ["pmi"] = host.PersonalMeetingId,
        ["timezone"] = host.TimeZone,
        ["verified"] = 1,
        ["created_at"] = ZoomJson.Instant(host.CreatedAt),
        ["role_id"] = "2",
        ["status"] = "active",
    };
}
