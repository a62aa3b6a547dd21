using Microsoft.AspNetCore.Http.HttpResults;
using SessionGuard.Classes.Planning;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Platform.Text;
using SessionGuard.Rules;
using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Api;

internal static class SeriesEndpoints
{
    public static async Task<Results<Ok<Page<SeriesRecord>>, ValidationProblem>> ListAsync(
        [AsParameters] ListRequest request, SeriesQueries series, CancellationToken cancellation)
    {
        var reading = new QueryReading();
        var after = reading.Id(request.Cursor);
        var limit = reading.Limit(request.Limit);
        if (reading.Faults.Count > 0)
        {
            return reading.Problem();
        }

        var page = await series.ListAsync(after, limit, cancellation);
        return TypedResults.Ok(page.With<SeriesRecord>([.. page.Items.Select(SeriesRecord.FromView)]));
    }

    public static async Task<Results<Ok<SeriesRecord>, NotFound>> FindAsync(Guid id, SeriesQueries series, CancellationToken cancellation) =>
        await series.FindAsync(id, cancellation) is { } view ? TypedResults.Ok(SeriesRecord.FromView(view)) : TypedResults.NotFound();

    public static async Task<Results<Created<SeriesRecord>, ValidationProblem, ProblemHttpResult>> OpenAsync(
        NewSeries body, OpenSeries open, SeriesQueries series, OrganisationDirectory schools, TimeProvider clock, Viewer viewer, CancellationToken cancellation)
    {
        var faults = new ValidationErrors();
        var mode = Mode(body.PresenceMode, viewer, faults);
        if (viewer.Role is Role.Teacher && body.Teacher is { } teacher && teacher != viewer.AccountId)
        {
            faults.Add("teacher", "A teacher opens their own classes only.");
        }

        var wish = Details(body, mode, viewer).Check(schools.ById(viewer.OrganisationId)!.TimeZone, clock.Now(), faults);
        if (wish is null || !faults.None)
        {
            return faults.Problem();
        }

        var opened = await open.HandleAsync(
            Actor.FromViewer(viewer), wish with { OnlyHostedBy = viewer.Role is Role.Teacher ? viewer.AccountId : null }, faults, cancellation);
        return opened switch
        {
            { Series: { } made } => TypedResults.Created($"/api/v1/series/{made.Id}", SeriesRecord.FromView((await series.FindAsync(made.Id, cancellation))!)),
            { Fault: { } fault } => fault.Problem(),
            _ => faults.Problem(),
        };
    }

    public static async Task<Results<Ok<SeriesRecord>, NotFound, ValidationProblem>> ChangeAsync(
        Guid id, ChangedSeries body, ChangeSeries change, SeriesQueries series, Viewer viewer, CancellationToken cancellation)
    {
        if (!await series.ExistsAsync(id, cancellation))
        {
            return TypedResults.NotFound();
        }

        var faults = new ValidationErrors();
        if (viewer.Role is Role.Teacher && body.Teacher is { } teacher && teacher != viewer.AccountId)
        {
            faults.Add("teacher", "Ask the school’s office to hand a class on.");
        }

        var wish = new SeriesChange(body.Name, body.Teacher, body.CoTeachers, Mode(body.PresenceMode, viewer, faults), body.Gate, body.PlannedSize);
        return faults.None && await change.HandleAsync(Actor.FromViewer(viewer), id, wish, faults, cancellation)
            ? TypedResults.Ok(SeriesRecord.FromView((await series.FindAsync(id, cancellation))!))
            : faults.Problem();
    }

    /// <summary>That a child needs no adult is agreed in writing with the school, so no teacher sets it alone.</summary>
    private static PresenceMode? Mode(string? word, Viewer viewer, ValidationErrors faults)
    {
        var mode = faults.Word<PresenceMode>(word, "presenceMode");
        if (mode is PresenceMode.AgreedAlone && viewer.Role is Role.Teacher)
        {
            faults.Add("presenceMode", "Ask the school’s office to set this: it needs a written agreement.");
        }

        return mode;
    }

    private static SeriesDetails Details(NewSeries body, PresenceMode? mode, Viewer viewer) => new()
    {
        Name = body.Name,
        Reference = body.Reference,
        TeacherId = body.Teacher ?? (viewer.Role is Role.Teacher ? viewer.AccountId : null),
        CoTeacherIds = body.CoTeachers ?? [],
        ZoomMeetingId = body.ZoomMeetingId,
        FirstDate = body.FirstDate,
        Time = body.Time,
        Minutes = body.Minutes,
        Weeks = body.Weeks,
        PresenceMode = mode ?? PresenceMode.InRoom,
        Gate = body.Gate ?? false,
        PlannedSize = body.PlannedSize,
    };
}
