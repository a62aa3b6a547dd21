using System.Globalization;

namespace SessionGuard.Benchmarks;

/// <summary>Zoom as it is felt from here: every answer takes a quarter of a second. It knows every meeting, and all of them are safe.</summary>
internal static class DistantZoom
{
    public static readonly TimeSpan Away = TimeSpan.FromMilliseconds(250);

    public static async Task<int> RunAsync(string port)
    {
        var start = DateTime.UtcNow.Date.AddDays(2).AddHours(16).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var app = BareReceiver.Start(port);
        app.MapPost("/token", () => AnswerAsync("""{"access_token":"token","token_type":"bearer","expires_in":3600,"scope":"meeting:read:meeting:admin"}"""));
        app.MapGet("/v2/meetings/{id}", (long id) => AnswerAsync(
            $$$"""
            {"id":{{{id}}},"uuid":"{{{id}}}==","host_id":"host-{{{id}}}","topic":"Tap","type":2,"status":"waiting","start_time":"{{{start}}}","duration":60,
            "timezone":"Europe/London","password":"tap-4Kz_9q","join_url":"https://zoom.example/j/{{{id}}}?pwd=x",
            "settings":{"waiting_room":true,"join_before_host":false,"use_pmi":false,"approval_type":0,"auto_recording":"none","meeting_authentication":false}}
            """));
        await app.RunAsync();
        return 0;
    }

    private static async Task<IResult> AnswerAsync(string json)
    {
        await Task.Delay(Away);
        return Results.Text(json, "application/json");
    }
}
