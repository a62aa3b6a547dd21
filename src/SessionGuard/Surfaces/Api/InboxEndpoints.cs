using Microsoft.AspNetCore.Http.HttpResults;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;
using SessionGuard.Zoom.Webhooks.Processing;

namespace SessionGuard.Surfaces.Api;

/// <summary>A delivery that was kept and not applied. Its body is not told.</summary>
/// <param name="Event">Zoom's name of the event; empty when the body could not be read.</param>
public sealed record SetAsideRecord(Guid Id, string Event, DateTime ReceivedAt, string Reason, int Tries);

internal static class InboxEndpoints
{
    public static async Task<Results<Ok<Page<SetAsideRecord>>, ValidationProblem>> ListAsync(
        [AsParameters] ListRequest request, SetAsideInbox inbox, CancellationToken cancellation)
    {
        var reading = new QueryReading();
        var after = reading.Read(request.Cursor, "cursor", text => Guid.TryParse(text, out var id) ? id : (Guid?)null, QueryReading.CursorHint);
        var limit = reading.Limit(request.Limit);
        if (reading.Faults.Count > 0)
        {
            return reading.Problem();
        }

        var page = await inbox.ListAsync(after, limit, cancellation);
        return TypedResults.Ok(page.With<SetAsideRecord>(
            [.. page.Items.Select(d => new SetAsideRecord(d.Id, d.Event, d.ReceivedAt.UtcDateTime, d.Reason, d.Tries))]));
    }

    public static async Task<Results<Accepted, NotFound>> ReplayAsync(Guid id, SetAsideInbox inbox, Viewer viewer, CancellationToken cancellation) =>
        await inbox.ReplayAsync(id, Actor.FromViewer(viewer).Name, cancellation)
            ? TypedResults.Accepted((string?)null)
            : TypedResults.NotFound();
}
