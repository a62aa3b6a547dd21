using Microsoft.AspNetCore.Http.HttpResults;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.School.People;
using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Api;

/// <summary>Who answers for a child. A change is a change of who is asked about the child's next classes.</summary>
internal static class CarershipEndpoints
{
    public static async Task<Results<Ok<CarerRecord>, NotFound>> SetAsync(
        Guid id, Guid carer, ChangedCarership body, PeopleRegister register, SeatQueries seats, SessionGuardDb db, TimeProvider clock, Viewer viewer,
        CancellationToken cancellation)
    {
        var terms = new CarershipTerms(body.Primary, body.DoNotContact, body.NotAuthorised);
        var tie = await db.InTransactionAsync(
            async () =>
            {
                var set = await register.TieAsync(Actor.FromViewer(viewer), id, carer, terms, cancellation);
                await db.ReconsiderAsync(await seats.SeriesOfAsync(id, cancellation), clock.Now(), cancellation);
                await db.SaveChangesAsync(cancellation);
                return set;
            },
            cancellation);
        return tie is null ? TypedResults.NotFound() : TypedResults.Ok(CarerRecord.FromCarership(tie, viewer.Role));
    }

    public static async Task<Results<NoContent, NotFound>> RemoveAsync(
        Guid id, Guid carer, PeopleRegister register, SeatQueries seats, SessionGuardDb db, TimeProvider clock, Viewer viewer, CancellationToken cancellation)
    {
        var removed = await db.InTransactionAsync(
            async () =>
            {
                var untied = await register.UntieAsync(Actor.FromViewer(viewer), id, carer, cancellation);
                await db.ReconsiderAsync(await seats.SeriesOfAsync(id, cancellation), clock.Now(), cancellation);
                await db.SaveChangesAsync(cancellation);
                return untied;
            },
            cancellation);
        return removed ? TypedResults.NoContent() : TypedResults.NotFound();
    }
}
