using Microsoft.AspNetCore.Http;

namespace SessionGuard.Tests.Zoom.Client;

/// <summary>Answers good and bad, for <see cref="FakeZoom"/>.</summary>
internal static class Reply
{
    public const long MeetingId = 86014725390;

    /// <summary>A meeting as Zoom's own description of the API shapes it, with values of our own.</summary>
    public const string Meeting = """
        {"uuid":"4444AAAiAAAAAiAiAiiAii==","id":86014725390,"host_id":"30R7kT7bTIKSNUFEuH_Qlg","host_email":"miss.alder@alder.example",
        "topic":"Ballet for Poppy Canary","type":8,"status":"waiting","timezone":"Europe/London","created_at":"2026-11-01T09:00:00Z","duration":45,
        "start_time":"2026-11-24T17:00:00Z","join_url":"https://zoom.example/j/86014725390?pwd=canary-link",
        "start_url":"https://zoom.example/s/1?zak=canary-start",
        "password":"canaryPass","pmi":"5550001111","a_field_of_tomorrow":{"x":[1,2]},
        "occurrences":[{"occurrence_id":"1795539600000","start_time":"2026-11-24T17:00:00Z","duration":45,"status":"available"},
        {"occurrence_id":1796144400000,"start_time":"2026-12-01T17:00:00Z","duration":45,"status":"deleted"}],
        "settings":{"waiting_room":true,"join_before_host":false,"jbh_time":0,"use_pmi":false,"meeting_authentication":false,"approval_type":2,
        "auto_recording":"none","alternative_hosts":"mr.birch@alder.example;ms.cedar@alder.example","watermark":false}}
        """;

    public static RequestDelegate Ok { get; } = Json(Meeting);

    public static RequestDelegate NoContent { get; } = context =>
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    /// <summary>Takes the request and says nothing until the caller goes away.</summary>
    public static RequestDelegate Hang { get; } = context =>
    {
        var gone = new TaskCompletionSource();
        context.RequestAborted.Register(gone.SetResult);
        return gone.Task;
    };

    /// <summary>Sends half a body and then says nothing until the caller goes away.</summary>
    public static RequestDelegate HangHalfWay { get; } = async context =>
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Meeting[..100]);
        await context.Response.Body.FlushAsync();
        await Hang(context);
    };

    /// <summary>Promises a whole body and closes in the middle of it.</summary>
    public static RequestDelegate CutOff { get; } = async context =>
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Meeting.Length;
        await context.Response.WriteAsync(Meeting[..100]);
        await context.Response.Body.FlushAsync();
        context.Abort();
    };

    public static RequestDelegate Json(string json, int status = 200, string? retryAfter = null) =>
        Text(json, "application/json;charset=UTF-8", status, retryAfter);

    public static RequestDelegate Text(string text, string? type, int status = 200, string? retryAfter = null) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        return context.Response.WriteAsync(text);
    };

    public static RequestDelegate Error(int status, int code, string message = "Canary of a message.") =>
        Json($$"""{"code":{{code}},"message":"{{message}}"}""", status);

    public static RequestDelegate Limited(string? retryAfter) =>
        Json("""{"code":429,"message":"You have reached the maximum per-second rate limit."}""", 429, retryAfter);

    public static RequestDelegate Token(string token, long seconds = 3600) =>
        Json($$"""
            {"access_token":"{{token}}","token_type":"bearer","expires_in":{{seconds}},
            "scope":"meeting:read:meeting:admin user:read:user:admin","api_url":"https://api.zoom.us"}
            """);

    public static RequestDelegate Elsewhere(Uri address) => context =>
    {
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = address.ToString();
        return Task.CompletedTask;
    };
}
