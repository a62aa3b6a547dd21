using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using SessionGuard.Sessions;

namespace SessionGuard.Api;

/// <summary>What a list of sessions can be asked for. Text on purpose: a value we cannot read gets an answer that names it.</summary>
public sealed record SessionListRequest(
    [property: Description("Sessions that start at this time or later (ISO 8601 with an offset).")] string? From,
    [property: Description("Sessions that start before this time (ISO 8601 with an offset).")] string? To,
    [property: Description("scheduled, live, ended, cancelled or unverified.")] string? Status,
    [property: Description("The next of the page before.")] string? Cursor,
    [property: Description("1 to 200; default 50.")] string? Limit);

internal static class SessionEndpoints
{
    private const int DefaultLimit = 50;
    private const int MostAtOnce = 200;

    public static async Task<Results<Ok<ListOf<SessionRecord>>, ValidationProblem>> ListAsync(
        [AsParameters] SessionListRequest request, SessionQueries sessions, SessionShape shape, CancellationToken cancellation)
    {
        var faults = new Dictionary<string, string[]>();
        var filter = new SessionFilter(
            Read(request.From, "from", Instant, "Use a time with an offset, such as 2026-03-04T17:00:00Z.", faults),
            Read(request.To, "to", Instant, "Use a time with an offset, such as 2026-03-04T17:00:00Z.", faults),
            Read(request.Status, "status", Words.Parse<SessionStatus>, $"Use one of {string.Join(", ", Words.All<SessionStatus>())}.", faults));
        var after = Read(request.Cursor, "cursor", SessionCursor.Parse, "Use the next of the page before, unchanged.", faults);
        var limit = Read(request.Limit, "limit", Limit, $"Use a number from 1 to {MostAtOnce}.", faults) ?? DefaultLimit;
        if (faults.Count > 0)
        {
            return TypedResults.ValidationProblem(faults, title: "A value in the address cannot be used.");
        }

        var page = await sessions.ListAsync(filter, after, limit, cancellation);
        return TypedResults.Ok(new ListOf<SessionRecord>(await shape.OfAsync(page.Items, cancellation), page.Next?.ToString()));
    }

    public static async Task<Results<Ok<SessionRecord>, NotFound>> FindAsync(
        Guid id, SessionQueries sessions, SessionShape shape, CancellationToken cancellation) =>
        await sessions.FindAsync(id, cancellation) is { } view
            ? TypedResults.Ok((await shape.OfAsync([view], cancellation))[0])
            : TypedResults.NotFound();

    private static DateTimeOffset? Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant.ToUniversalTime() : null;

    private static int? Limit(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MostAtOnce ? limit : null;

    private static T? Read<T>(string? text, string name, Func<string, T?> parse, string hint, Dictionary<string, string[]> faults)
        where T : struct =>
        string.IsNullOrEmpty(text) ? null : parse(text) ?? Fault<T?>(name, hint, faults);

    private static T? Read<T>(string? text, string name, Func<string, T?> parse, string hint, Dictionary<string, string[]> faults)
        where T : class =>
        string.IsNullOrEmpty(text) ? null : parse(text) ?? Fault<T?>(name, hint, faults);

    private static T? Fault<T>(string name, string hint, Dictionary<string, string[]> faults)
    {
        faults[name] = [hint];
        return default;
    }
}
