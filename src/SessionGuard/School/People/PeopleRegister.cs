using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;

namespace SessionGuard.School.People;

/// <summary>Enters people, and who answers for whom. The caller saves.</summary>
internal sealed class PeopleRegister(SessionGuardDb db, TimeProvider clock)
{
    public Person Enter(Actor actor, CheckedPerson details)
    {
        var now = clock.Now();
        var person = new Person
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = actor.OrganisationId,
            Kind = details.Kind,
            Name = details.Name,
            Reference = details.Reference,
            CreatedAt = now,
        };
        Write(person, details);
        db.Add(person);
        Note(actor, PeopleActions.Added, person.Id, new { Kind = person.Kind.ToString() });
        return person;
    }

    /// <summary>Kind and reference stay what they are.</summary>
    public void Change(Actor actor, Person person, CheckedPerson details)
    {
        Write(person, details);
        if (db.Entry(person).State is EntityState.Modified)
        {
            Note(actor, PeopleActions.Changed, person.Id, new { Fields = Changed(person) });
        }
    }

    /// <summary>Has the carer answer for the child, or changes how.</summary>
    /// <returns>Null: one of the two is not there, or is no carer or no child.</returns>
    public async Task<Carership?> TieAsync(Actor actor, Guid childId, Guid carerId, CarershipTerms terms, CancellationToken cancellation)
    {
        if (await FindAsync(actor.OrganisationId, childId, PersonKind.Child, cancellation) is null
            || await FindAsync(actor.OrganisationId, carerId, PersonKind.Carer, cancellation) is null)
        {
            return null;
        }

        var ties = await TiesAsync(actor.OrganisationId, childId, cancellation);
        var tie = ties.Find(t => t.CarerId == carerId);
        if (tie is null)
        {
            tie = new Carership { Id = Guid.CreateVersion7(clock.Now()), OrganisationId = actor.OrganisationId, CarerId = carerId, ChildId = childId, IsPrimary = terms.Primary };
            db.Add(tie);
        }

        tie.IsPrimary = terms.Primary;
        tie.DoNotContact = terms.DoNotContact;
        tie.NotAuthorised = terms.NotAuthorised ?? tie.NotAuthorised;
        foreach (var other in ties.Where(t => terms.Primary && t != tie))
        {
            other.IsPrimary = false; // whom the school asks first is one person
        }

        if (db.Entry(tie).State is not EntityState.Unchanged)
        {
            Note(actor, PeopleActions.CarershipSet, childId, new { Carer = carerId, tie.IsPrimary, tie.DoNotContact, tie.NotAuthorised });
        }

        return tie;
    }

    /// <summary>False: the carer did not answer for the child.</summary>
    public async Task<bool> UntieAsync(Actor actor, Guid childId, Guid carerId, CancellationToken cancellation)
    {
        if ((await TiesAsync(actor.OrganisationId, childId, cancellation)).Find(t => t.CarerId == carerId) is not { } tie)
        {
            return false;
        }

        db.Remove(tie);
        Note(actor, PeopleActions.CarershipRemoved, childId, new { Carer = carerId });
        return true;
    }

    /// <summary>Null: nobody of this kind in this school has the id, or they left.</summary>
    public async Task<Person?> FindAsync(Guid organisationId, Guid id, PersonKind kind, CancellationToken cancellation) =>
        db.Set<Person>().Local.FirstOrDefault(p => p.Id == id && p.Kind == kind && p.OrganisationId == organisationId)
        ?? await db.Set<Person>().FirstOrDefaultAsync(
            p => p.Id == id && p.OrganisationId == organisationId && p.Kind == kind && p.LeftAt == null, cancellation);

    public Task<bool> HasReferenceAsync(Guid organisationId, string reference, CancellationToken cancellation) =>
        db.PeopleOfReference(reference).AnyAsync(p => p.OrganisationId == organisationId, cancellation);

    private async Task<List<Carership>> TiesAsync(Guid organisationId, Guid childId, CancellationToken cancellation)
    {
        await db.Set<Carership>().Where(t => t.OrganisationId == organisationId && t.ChildId == childId).LoadAsync(cancellation);
        return [.. db.Set<Carership>().Local.Where(t => t.ChildId == childId)]; // those not saved yet too
    }

    private static void Write(Person person, CheckedPerson details)
    {
        person.Name = details.Name;
        person.ScreenName = details.ScreenName;
        person.BornOn = details.BornOn;
        person.Email = details.Email;
        person.Phone = details.Phone;
    }

    private List<string> Changed(Person person) =>
        [.. db.Entry(person).Properties.Where(p => p.IsModified).Select(p => p.Metadata.Name)];

    private void Note(Actor actor, LedgerAction action, Guid personId, object data) =>
        db.Record(new LedgerNote(actor.OrganisationId, clock.Now(), actor.Name, action, LedgerName.Person(personId), data));
}

/// <param name="NotAuthorised">Null leaves it as it is: whoever may not see the mark must not clear it unknowingly.</param>
internal sealed record CarershipTerms(bool Primary, bool DoNotContact = false, bool? NotAuthorised = null);
