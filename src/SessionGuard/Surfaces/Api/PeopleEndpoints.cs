using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Text;
using SessionGuard.School.People;
using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Api;

/// <summary>What a list of people can be asked for.</summary>
public sealed record PeopleListRequest(
    [property: Description("child, carer or adult-student.")] string? Kind,
    string? Cursor,
    string? Limit) : ListRequest(Cursor, Limit);

internal static class PeopleEndpoints
{
    public static async Task<Results<Ok<Page<PersonRecord>>, ValidationProblem>> ListAsync(
        [AsParameters] PeopleListRequest request, PeopleQueries people, Viewer viewer, CancellationToken cancellation)
    {
        var reading = new QueryReading();
        var kind = reading.Read(request.Kind, "kind", Words.Parse<PersonKind>, $"Use one of {string.Join(", ", Words.All<PersonKind>())}.");
        var after = reading.Id(request.Cursor);
        var limit = reading.Limit(request.Limit);
        if (reading.Faults.Count > 0)
        {
            return reading.Problem();
        }

        var page = await people.ListAsync(kind, after, limit, cancellation);
        return TypedResults.Ok(page.With<PersonRecord>([.. page.Items.Select(p => PersonRecord.FromView(p, viewer.Role))]));
    }

    public static async Task<Results<Ok<PersonRecord>, NotFound>> FindAsync(
        Guid id, PeopleQueries people, Viewer viewer, CancellationToken cancellation) =>
        await people.FindAsync(id, cancellation) is { } view ? TypedResults.Ok(PersonRecord.FromView(view, viewer.Role)) : TypedResults.NotFound();

    public static async Task<Results<Created<PersonRecord>, ValidationProblem>> AddAsync(
        NewPerson body, PeopleRegister register, SessionGuardDb db, Viewer viewer, LocalTime time, CancellationToken cancellation)
    {
        var faults = new ValidationErrors();
        var details = new PersonDetails(
            Words.Parse<PersonKind>(body.Kind ?? ""), body.Name, body.ScreenName, body.BornOn, body.Email, body.Phone, body.Reference).Check(time.Today, faults);
        if (details?.Reference is { } reference && await register.HasReferenceAsync(viewer.OrganisationId, reference, cancellation))
        {
            faults.Add("reference", "Somebody else has this reference.");
        }

        if (details is null || !faults.None)
        {
            return faults.Problem();
        }

        var person = register.Enter(Actor.FromViewer(viewer), details);
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Created($"/api/v1/people/{person.Id}", PersonRecord.FromView(new PersonView(person, []), viewer.Role));
    }

    public static async Task<Results<Ok<PersonRecord>, NotFound, ValidationProblem>> ChangeAsync(
        Guid id, ChangedPerson body, PeopleRegister register, PeopleQueries people, SessionGuardDb db, Viewer viewer, LocalTime time,
        CancellationToken cancellation)
    {
        if (await db.Set<Person>().SingleOrDefaultAsync(p => p.Id == id, cancellation) is not { } person)
        {
            return TypedResults.NotFound();
        }

        var faults = new ValidationErrors();
        var details = new PersonDetails(person.Kind, body.Name, body.ScreenName, body.BornOn, body.Email, body.Phone).Check(time.Today, faults);
        if (details is null)
        {
            return faults.Problem();
        }

        register.Change(Actor.FromViewer(viewer), person, details);
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Ok(PersonRecord.FromView((await people.FindAsync(id, cancellation))!, viewer.Role));
    }
}
