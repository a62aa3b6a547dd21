using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Families;
using SessionGuard.School.People;

namespace SessionGuard.Tests.Safeguarding.Families;

/// <summary>Classes, children and the adults who answer for them, put straight into the database.</summary>
internal sealed class FamilySchool(IServiceProvider services)
{
    private static long _meetings = 97000000000;

    private readonly Guid _school = services.GetRequiredService<OrganisationDirectory>().BySlug(Testing.App.Slug)!.Id;

    private DateTimeOffset Now => services.GetRequiredService<TimeProvider>().Now();

    /// <summary>Plans a class of an hour, taught by Alex Moss.</summary>
    public async Task<Session> ClassAsync(
        string? name, DateTimeOffset start, PresenceMode mode = PresenceMode.InRoom, bool gate = false, string topic = "From Zoom")
    {
        var (series, meeting, host) = (Id(), Id(), $"host-{Interlocked.Increment(ref _meetings)}");
        var session = new Session
        {
            Id = Id(),
            OrganisationId = _school,
            MeetingId = meeting,
            SeriesId = series,
            OccurrenceKey = "only",
            Planned = true,
            Topic = topic,
            Start = start,
            End = start.AddHours(1),
            Status = SessionStatus.Scheduled,
            AsksDueAt = Now,
        };
        await WriteAsync(db => db.AddRange(
            new ClassSeries
            {
                Id = series,
                OrganisationId = _school,
                Name = name,
                Origin = SeriesOrigin.Planned,
                JoinCodeHash = series.ToByteArray(),
                PresenceMode = mode,
                Gate = gate,
                CreatedAt = Now,
            },
            new ZoomHost { Id = Id(), OrganisationId = _school, ZoomId = host, Name = "Alex Moss" },
            new Meeting
            {
                Id = meeting,
                OrganisationId = _school,
                ZoomMeetingId = Interlocked.Increment(ref _meetings),
                SeriesId = series,
                HostZoomId = host,
                Topic = topic,
                Type = 2,
                ScheduleSource = ScheduleSource.Fetched,
                ScheduleAsOf = Now,
            },
            session));
        return session;
    }

    public Task<Person> CarerAsync(string name, string? email) => PersonAsync(PersonKind.Carer, name, email);

    /// <summary>A child with a place in each of <paramref name="classes"/>, and adults of whom the first is asked first.</summary>
    public async Task<Person> ChildAsync(string name, IReadOnlyList<Person> adults, params Session[] classes)
    {
        var child = await PersonAsync(PersonKind.Child, name, null);
        await WriteAsync(db =>
        {
            foreach (var (adult, index) in adults.Select((a, i) => (a, i)))
            {
                db.Add(new Carership { Id = Id(), OrganisationId = _school, CarerId = adult.Id, ChildId = child.Id, IsPrimary = index == 0 });
            }

            db.AddRange(classes.Select(c => Place(c, child, SeatKind.Child)));
        });
        return child;
    }

    /// <summary>An adult student with a place in the class.</summary>
    public async Task<Person> StudentAsync(string name, string? email, Session session)
    {
        var student = await PersonAsync(PersonKind.AdultStudent, name, email);
        await WriteAsync(db => db.Add(Place(session, student, SeatKind.AdultStudent)));
        return student;
    }

    public async Task<string> ConfirmPathAsync(Person carer, Session session) => await PathAsync((links, ct) => links.ToConfirmAsync(carer, session, ct));

    public async Task<string> JoinPathAsync(Person carer, Session session) => await PathAsync((links, ct) => links.ToJoinAsync(carer, session.SeriesId, ct));

    public async Task<string> StopPathAsync(Person carer) => await PathAsync((links, ct) => links.ToStopRemindersAsync(carer, ct));

    public Task ChangeAsync<T>(Guid id, Action<T> change)
        where T : class => UseAsync(async db =>
        {
            change(await db.Set<T>().IgnoreQueryFilters().SingleAsync(row => EF.Property<Guid>(row, "Id") == id));
            return await db.SaveChangesAsync();
        });

    public async Task<Seat> SeatOfAsync(Person person, Session session)
    {
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        return await scope.ServiceProvider.GetRequiredService<SessionGuardDb>().Set<Seat>()
            .SingleAsync(s => s.PersonId == person.Id && s.SeriesId == session.SeriesId);
    }

    /// <summary>As if Zoom had given the place a link of its own.</summary>
    public async Task LinkAsync(Session session, Person person, string link)
    {
        var secret = services.GetRequiredService<SecretBox>().Seal(link);
        var seat = await SeatOfAsync(person, session);
        await ChangeAsync<Seat>(seat.Id, s => (s.State, s.SealedLink, s.MeetingId) = (SeatState.Linked, secret, session.MeetingId));
    }

    /// <summary>Moves a class as better evidence from Zoom would.</summary>
    public Task MoveAsync(Session session, DateTimeOffset start) => ChangeAsync<Session>(session.Id, s =>
    {
        (s.Start, s.End, s.AsksDueAt) = (start, start.AddHours(1), Now);
        s.TimeVersion++;
    });

    private Seat Place(Session session, Person person, SeatKind kind) => new()
    {
        Id = Id(),
        OrganisationId = _school,
        SeriesId = session.SeriesId,
        Kind = kind,
        PersonId = person.Id,
        ScreenName = person.FirstName,
        State = SeatState.Shared,
        CreatedAt = Now,
    };

    private async Task<Person> PersonAsync(PersonKind kind, string name, string? email)
    {
        var person = new Person { Id = Id(), OrganisationId = _school, Kind = kind, Name = name, Email = email, CreatedAt = Now };
        await WriteAsync(db => db.Add(person));
        return person;
    }

    private async Task<string> PathAsync(Func<FamilyLinks, CancellationToken, Task<FamilyLink>> find)
    {
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var links = scope.ServiceProvider.GetRequiredService<FamilyLinks>();
        var link = await find(links, CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<SessionGuardDb>().SaveChangesAsync();
        return links.GetAddress(link).AbsolutePath;
    }

    private Task WriteAsync(Action<SessionGuardDb> change) => UseAsync(db =>
    {
        change(db);
        return db.SaveChangesAsync();
    });

    private async Task UseAsync(Func<SessionGuardDb, Task<int>> use)
    {
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        await use(scope.ServiceProvider.GetRequiredService<SessionGuardDb>());
    }

    private Guid Id() => Guid.CreateVersion7(Now);
}
