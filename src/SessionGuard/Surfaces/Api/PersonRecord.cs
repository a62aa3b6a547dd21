using SessionGuard.Platform.Text;
using SessionGuard.School.People;
using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Api;

/// <summary>A child, a carer or an adult student. Families' data: kept from teachers.</summary>
/// <param name="Kind"><c>child</c>, <c>carer</c> or <c>adult-student</c>.</param>
/// <param name="ScreenName">What Zoom and other families see; null: the first name alone.</param>
/// <param name="BornOn">Of children only.</param>
/// <param name="Reference">The school's own number for the person.</param>
/// <param name="Carers">Of a child: who answers for it, whom the school asks first at the top.</param>
/// <param name="Children">Of a carer: for whom they answer.</param>
public sealed record PersonRecord(
    Guid Id, string Kind, string Name, string? ScreenName, DateOnly? BornOn, string? Email, string? Phone, string? Reference,
    IReadOnlyList<CarerRecord> Carers, IReadOnlyList<Guid> Children)
{
    internal static PersonRecord FromView(PersonView view, Role viewer) => new(
        view.Person.Id,
        Words.ToWord(view.Person.Kind),
        view.Person.Name,
        view.Person.ScreenName,
        view.Person.BornOn,
        view.Person.Email,
        view.Person.Phone,
        view.Person.Reference,
        [.. view.Ties.Where(t => t.ChildId == view.Person.Id).Select(t => CarerRecord.FromCarership(t, viewer))],
        [.. view.Ties.Where(t => t.CarerId == view.Person.Id).Select(t => t.ChildId)]);
}

/// <param name="Primary">Whom the school asks first.</param>
/// <param name="DoNotContact">Mail and calls go to the other carers.</param>
/// <param name="NotAuthorised">May not answer for the child. Told to the lead and the deputy; null for everybody else.</param>
public sealed record CarerRecord(Guid Carer, bool Primary, bool DoNotContact, bool? NotAuthorised)
{
    internal static CarerRecord FromCarership(Carership tie, Role viewer) =>
        new(tie.CarerId, tie.IsPrimary, tie.DoNotContact, viewer is Role.Lead or Role.Deputy ? tie.NotAuthorised : null);
}

/// <summary>A person to be entered.</summary>
/// <param name="Kind"><c>child</c>, <c>carer</c> or <c>adult-student</c>.</param>
/// <param name="BornOn">Such as <c>2016-05-01</c>; needed for a child, and kept of nobody else.</param>
public sealed record NewPerson(string? Kind, string? Name, string? ScreenName, string? BornOn, string? Email, string? Phone, string? Reference);

/// <summary>Everything that is known of a person from now on: what is left out is known no longer.</summary>
public sealed record ChangedPerson(string? Name, string? ScreenName, string? BornOn, string? Email, string? Phone);

/// <param name="NotAuthorised">Left out, it stays as it is.</param>
public sealed record ChangedCarership(bool Primary, bool DoNotContact, bool? NotAuthorised);
