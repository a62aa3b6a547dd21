using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Planning;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Platform.Text;
using SessionGuard.Rules;
using SessionGuard.School.People;
using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Seeding;

/// <param name="Added">How many people, accounts, classes and places are new.</param>
/// <param name="Stopped">Where and why it came to a halt; null when all of it is in place.</param>
internal sealed record Seeded(int Added, string? Stopped);

/// <summary>Brings a school to what a file says of it, by the classes that the API uses too. Run again, it adds what is missing and nothing twice.</summary>
internal sealed class SeedSchool(
    SessionGuardDb db, StaffAccounts accounts, PeopleRegister register, OpenSeries openSeries, SeatRegister seats, TimeProvider clock)
{
    private int _added;

    /// <returns>Null: the faults say what is wrong with the file, and nothing was written.</returns>
    public async Task<Seeded?> HandleAsync(KnownOrganisation school, SeedFile file, ValidationErrors faults, CancellationToken cancellation)
    {
        var known = await SeedKnown.ReadKnownAsync(db, school.Id, cancellation);
        var seed = new SeedCheck(school.TimeZone, clock.Now(), known).Check(file, faults);
        if (!faults.None)
        {
            return null;
        }

        var actor = Actor.Operator(school.Id);
        await db.InTransactionAsync(() => PeopleAsync(actor, seed, cancellation), cancellation);
        foreach (var series in seed.Series)
        {
            if (await SeriesAsync(actor, school, series, cancellation) is { } stopped)
            {
                return new Seeded(_added, stopped);
            }
        }

        return new Seeded(_added, null);
    }

    private async Task<bool> PeopleAsync(Actor actor, CheckedSeed seed, CancellationToken cancellation)
    {
        foreach (var person in seed.Staff)
        {
            await StaffAsync(actor, person, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
        foreach (var adult in seed.AdultStudents)
        {
            await PersonAsync(actor, adult, db.PeopleOfReference(adult.Reference!), p => p.Reference == adult.Reference, cancellation);
        }

        foreach (var (details, carers) in seed.Children)
        {
            var child = await PersonAsync(actor, details, db.PeopleOfReference(details.Reference!), p => p.Reference == details.Reference, cancellation);
            foreach (var (carerDetails, terms) in carers)
            {
                var carer = await CarerAsync(actor, carerDetails, cancellation);
                await register.TieAsync(actor, child.Id, carer.Id, terms, cancellation);
            }
        }

        await db.SaveChangesAsync(cancellation);
        return true;
    }

    private async Task StaffAsync(Actor actor, StaffDetails person, CancellationToken cancellation)
    {
        var account = await accounts.EnsureAsync(actor.OrganisationId, person.Email!, person.Name!, person.Role!.Value, cancellation);
        if (db.Entry(account).State is EntityState.Added)
        {
            _added++;
            db.Record(new LedgerNote(
                actor.OrganisationId, clock.Now(), actor.Name, AccountActions.Added, LedgerName.Account(account.Id), new { role = account.Role.ToString() }));
        }
    }

    /// <summary>Addresses are compared as Zoom and mail servers do: without regard to capitals.</summary>
    private Task<Person> CarerAsync(Actor actor, CheckedPerson carer, CancellationToken cancellation) => PersonAsync(
        actor, carer, db.PeopleAt(carer.Email!), p => string.Equals(p.Email, carer.Email, StringComparison.OrdinalIgnoreCase), cancellation);

    /// <param name="stored">The same person among those that are saved.</param>
    /// <param name="isSame">The same person among those that are not saved yet.</param>
    private async Task<Person> PersonAsync(
        Actor actor, CheckedPerson details, IQueryable<Person> stored, Func<Person, bool> isSame, CancellationToken cancellation)
    {
        var person = db.Set<Person>().Local.FirstOrDefault(p => p.OrganisationId == actor.OrganisationId && p.Kind == details.Kind && isSame(p))
            ?? await stored.FirstOrDefaultAsync(p => p.OrganisationId == actor.OrganisationId && p.Kind == details.Kind && p.LeftAt == null, cancellation);
        if (person is not null)
        {
            register.Change(actor, person, details);
            return person;
        }

        _added++;
        return register.Enter(actor, details);
    }

    /// <returns>Null when the class and its places are there; otherwise why not.</returns>
    private async Task<string?> SeriesAsync(Actor actor, KnownOrganisation school, CheckedSeedSeries wanted, CancellationToken cancellation)
    {
        var series = await FindAsync(school.Id, wanted.Details, cancellation);
        if (series is null)
        {
            var faults = new ValidationErrors();
            var opened = await OpenAsync(actor, school, wanted, faults.In(wanted.Path), cancellation);
            if (opened.Series is null)
            {
                return opened.Fault is { } fault
                    ? $"{wanted.Path}: {fault.Detail}"
                    : string.Join(Environment.NewLine, faults.All.Select(f => $"{f.Path}: {f.Sentence}"));
            }

            series = opened.Series;
            _added++;
        }

        foreach (var reference in wanted.Seats.Select(s => s.Trim()).Distinct())
        {
            await SeatAsync(actor, series, reference, cancellation);
        }

        return null;
    }

    private Task<ClassSeries?> FindAsync(Guid organisationId, SeriesDetails details, CancellationToken cancellation)
    {
        var reference = details.Reference?.Trim();
        return db.Set<ClassSeries>().AsNoTracking().FirstOrDefaultAsync(
            s => s.OrganisationId == organisationId
                && ((reference != null && s.Reference == reference)
                    || (s.Name != null && db.Set<Meeting>().Any(m => m.SeriesId == s.Id && m.ZoomMeetingId == details.ZoomMeetingId))),
            cancellation);
    }

    private async Task<Opened> OpenAsync(Actor actor, KnownOrganisation school, CheckedSeedSeries wanted, ValidationErrors faults, CancellationToken cancellation)
    {
        var teacher = wanted.Teacher is { } address ? await AccountAsync(school.Id, address, cancellation) : (Guid?)null;
        var others = new List<Guid>();
        foreach (var other in wanted.CoTeachers)
        {
            others.Add(await AccountAsync(school.Id, other, cancellation));
        }

        return (wanted.Details with { TeacherId = teacher, CoTeacherIds = others }).Check(school.TimeZone, clock.Now(), faults) is { } wish
            ? await openSeries.HandleAsync(actor, wish, faults, cancellation)
            : Opened.Not;
    }

    private Task<Guid> AccountAsync(Guid organisationId, string address, CancellationToken cancellation) =>
        db.AccountsAt(address).Where(a => a.OrganisationId == organisationId).Select(a => a.Id).SingleAsync(cancellation);

    private async Task SeatAsync(Actor actor, ClassSeries series, string reference, CancellationToken cancellation)
    {
        var person = await db.PeopleOfReference(reference).AsNoTracking().SingleAsync(p => p.OrganisationId == actor.OrganisationId, cancellation);
        var kind = person.Kind is PersonKind.Child ? SeatKind.Child : SeatKind.AdultStudent;
        // Who has a place already is told as a fault here, and needs none.
        if (await seats.GiveAsync(actor, series.Id, new SeatDetails(kind, person.Id), new ValidationErrors(), cancellation) is not null)
        {
            _added++;
        }
    }
}
