using Microsoft.AspNetCore.Http.HttpResults;
using SessionGuard.Classes.Planning;
using SessionGuard.Classes.Seats;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Text;
using SessionGuard.Rules;
using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Api;

/// <summary>Somebody's place in a class. Its Zoom link is told to nobody but the one who comes by it.</summary>
/// <param name="Kind"><c>child</c>, <c>adult-student</c>, <c>supporting-adult</c> or <c>staff</c>.</param>
/// <param name="State">
/// <c>wanted</c>: Zoom is still to be asked; <c>linked</c>: it has a link of its own; <c>shared</c>: the plan has none, they come by the
/// meeting's; <c>leaving</c> and <c>left</c>: given up, and Zoom is still to be told, or knows.
/// </param>
/// <param name="Generation">Steps with each new link.</param>
public sealed record SeatRecord(Guid Id, Guid Series, string Kind, Guid? Person, Guid? ForChild, string ScreenName, string State, int Generation)
{
    internal static SeatRecord FromSeat(Seat seat) => new(
        seat.Id, seat.SeriesId, Words.ToWord(seat.Kind), seat.PersonId, seat.ForChildId, seat.ScreenName, Words.ToWord(seat.State), seat.Generation);
}

/// <param name="Kind"><c>child</c>, <c>adult-student</c>, <c>supporting-adult</c> or <c>staff</c>.</param>
/// <param name="ScreenName">What Zoom shows; left out, it is the person's first name.</param>
/// <param name="ForChild">The child that a supporting adult comes for.</param>
public sealed record NewSeat(string? Kind, Guid? PersonId, string? ScreenName, Guid? ForChild);

internal static class SeatEndpoints
{
    public static async Task<Results<Ok<Page<SeatRecord>>, NotFound, ValidationProblem>> ListAsync(
        Guid id, [AsParameters] ListRequest request, SeriesQueries series, SeatQueries seats, CancellationToken cancellation)
    {
        var reading = new QueryReading();
        var after = reading.Id(request.Cursor);
        var limit = reading.Limit(request.Limit);
        if (reading.Faults.Count > 0)
        {
            return reading.Problem();
        }

        if (!await series.ExistsAsync(id, cancellation))
        {
            return TypedResults.NotFound();
        }

        var page = await seats.ListAsync(id, after, limit, cancellation);
        return TypedResults.Ok(page.With<SeatRecord>([.. page.Items.Select(SeatRecord.FromSeat)]));
    }

    public static async Task<Results<Created<SeatRecord>, NotFound, ValidationProblem>> GiveAsync(
        Guid id, NewSeat body, SeriesQueries series, SeatRegister register, Viewer viewer, CancellationToken cancellation)
    {
        if (!await series.ExistsAsync(id, cancellation))
        {
            return TypedResults.NotFound();
        }

        var faults = new ValidationErrors();
        var details = new SeatDetails(Words.Parse<SeatKind>(body.Kind ?? ""), body.PersonId, body.ScreenName, body.ForChild);
        return await register.GiveAsync(Actor.FromViewer(viewer), id, details, faults, cancellation) is { } seat
            ? TypedResults.Created($"/api/v1/series/{id}/seats", SeatRecord.FromSeat(seat))
            : faults.Problem();
    }

    public static async Task<Results<NoContent, NotFound>> TakeBackAsync(
        Guid id, SeriesQueries series, SeatQueries seats, SeatRegister register, Viewer viewer, CancellationToken cancellation) =>
        await IsTheirsAsync(id, series, seats, cancellation) && await register.TakeBackAsync(Actor.FromViewer(viewer), id, cancellation)
            ? TypedResults.NoContent()
            : TypedResults.NotFound();

    public static async Task<Results<Ok<SeatRecord>, NotFound>> RotateAsync(
        Guid id, SeriesQueries series, SeatQueries seats, SeatRegister register, Viewer viewer, CancellationToken cancellation) =>
        await IsTheirsAsync(id, series, seats, cancellation) && await register.RotateAsync(Actor.FromViewer(viewer), id, cancellation)
            ? TypedResults.Ok(SeatRecord.FromSeat((await seats.FindAsync(id, cancellation))!))
            : TypedResults.NotFound();

    private static async Task<bool> IsTheirsAsync(Guid id, SeriesQueries series, SeatQueries seats, CancellationToken cancellation) =>
        await seats.FindAsync(id, cancellation) is { } seat && await series.ExistsAsync(seat.SeriesId, cancellation);
}
