using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Text;
using SessionGuard.Safeguarding.Overview;

namespace SessionGuard.Surfaces.Api;

/// <summary>Which page of a list. Text on purpose: a value that cannot be read gets an answer that names it.</summary>
public record ListRequest(
    [property: Description("The next of the page before.")] string? Cursor,
    [property: Description("1 to 200; default 50.")] string? Limit);

/// <summary>What a list of sessions can be asked for.</summary>
public sealed record SessionListRequest(
    [property: Description("Sessions that start at this time or later (ISO 8601 with an offset).")] string? From,
    [property: Description("Sessions that start before this time (ISO 8601 with an offset).")] string? To,
    [property: Description("scheduled, live, ended, cancelled or unverified.")] string? Status,
    string? Cursor,
    string? Limit) : ListRequest(Cursor, Limit);

internal static class SessionEndpoints
{
    public static async Task<Results<Ok<Page<SessionRecord>>, ValidationProblem>> ListAsync(
        [AsParameters] SessionListRequest request, SessionQueries sessions, SessionShape shape, CancellationToken cancellation)
    {
        var reading = new QueryReading();
        var filter = new SessionFilter(
            reading.Instant(request.From, "from"),
            reading.Instant(request.To, "to"),
            reading.Read(request.Status, "status", Words.Parse<SessionStatus>, $"Use one of {string.Join(", ", Words.All<SessionStatus>())}."));
        var after = reading.Read(request.Cursor, "cursor", SessionCursor.Parse, QueryReading.CursorHint);
        var limit = reading.Limit(request.Limit);
        if (reading.Faults.Count > 0)
        {
            return reading.Problem();
        }

        var page = await sessions.ListAsync(filter, after, limit, cancellation);
        return TypedResults.Ok(page.With(await shape.GetRecordsAsync(page.Items, cancellation)));
    }

    public static async Task<Results<Ok<SessionRecord>, NotFound>> FindAsync(
        Guid id, SessionQueries sessions, SessionShape shape, CancellationToken cancellation) =>
        await sessions.FindAsync(id, cancellation) is { } view
            ? TypedResults.Ok((await shape.GetRecordsAsync([view], cancellation))[0])
            : TypedResults.NotFound();
}
