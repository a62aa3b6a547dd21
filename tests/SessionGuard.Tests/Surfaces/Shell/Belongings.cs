using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.School.People;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Tests.Surfaces.Shell;

/// <summary>Whose something is, seen from the first teacher of a <see cref="SeededSchool"/>.</summary>
public enum Whose
{
    Own,
    Colleagues,
    OtherSchools,
    NeverWas,
}

/// <summary>One of everything that an address can name: a class with a child in it, its carer, a flag, and somebody whom nobody knows.</summary>
internal sealed class Belongings
{
    private static int _planted;

    private readonly int _number = Interlocked.Increment(ref _planted);

    public Guid Session { get; } = Guid.NewGuid();

    public Guid Series { get; } = Guid.NewGuid();

    public Guid Seat { get; } = Guid.NewGuid();

    public Guid Flag { get; } = Guid.NewGuid();

    public Guid Child { get; } = Guid.NewGuid();

    public Guid Carer { get; } = Guid.NewGuid();

    public Guid Delivery { get; } = Guid.NewGuid();

    /// <summary>Of somebody in the class who came by no seat's link; empty for what never was.</summary>
    public string ScreenKey { get; private set; } = "";

    /// <param name="whose">Of <see cref="Whose.NeverWas"/> there are only the ids.</param>
    public static async Task<Belongings> PlantAsync(App app, Whose whose)
    {
        var one = new Belongings();
        if (whose is Whose.NeverWas)
        {
            return one;
        }

        var directory = app.Services.GetRequiredService<OrganisationDirectory>();
        var school = directory.BySlug(whose is Whose.OtherSchools ? SeededSchool.OtherSlug : App.Slug)!.Id;
        var host = whose switch { Whose.Own => "host-sam", Whose.Colleagues => "host-jo", _ => "host-far" };
        await app.WriteAsync(db =>
        {
            one.Class(db, school, host, app.Clock.GetUtcNow());
            one.Family(db, school, app.Clock.GetUtcNow());
            one.Rest(db, school, app.Clock.GetUtcNow());
        });
        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var seen = await scope.ServiceProvider.GetRequiredService<Attendance>().GetAttendanceAsync([one.Session], CancellationToken.None);
        one.ScreenKey = seen[one.Session].Stays.Select(s => s.ScreenKey).OfType<string>().First();
        return one;
    }

    /// <summary>What an address means by an id that stands behind this word; null for a kind that this test does not know.</summary>
    public Guid? Behind(string word) => word switch
    {
        "sessions" => Session,
        "series" => Series,
        "seats" => Seat,
        "flags" => Flag,
        "people" => Child,
        "carers" => Carer,
        "set-aside" => Delivery,
        _ => null,
    };

    private void Class(SessionGuardDb db, Guid school, string host, DateTimeOffset now)
    {
        var meeting = Guid.NewGuid();
        db.AddRange(
            new ClassSeries
            {
                Id = Series,
                OrganisationId = school,
                Name = "Tap",
                Origin = SeriesOrigin.Planned,
                JoinCodeHash = Series.ToByteArray(),
                CreatedAt = now,
            },
            new Meeting
            {
                Id = meeting,
                OrganisationId = school,
                ZoomMeetingId = 93000000000 + _number,
                SeriesId = Series,
                HostZoomId = host,
                Topic = "Tap",
                Type = 2,
                ScheduleSource = ScheduleSource.Fetched,
                ScheduleAsOf = now,
            },
            new Session
            {
                Id = Session,
                OrganisationId = school,
                MeetingId = meeting,
                SeriesId = Series,
                OccurrenceKey = "only",
                Planned = true,
                Topic = "Tap",
                Start = now.AddHours(2),
                End = now.AddHours(3),
                Status = SessionStatus.Scheduled,
            },
            new MeetingInstance
            {
                Id = Guid.NewGuid(),
                OrganisationId = school,
                MeetingId = meeting,
                SessionId = Session,
                Uuid = $"run-{_number}",
                StartedAt = now,
                FirstHeardAt = now,
            },
            new ParticipantEvent
            {
                Id = Guid.NewGuid(),
                OrganisationId = school,
                InstanceUuid = $"run-{_number}",
                Kind = ParticipantEventKind.Joined,
                At = now,
                ConnectionId = "1",
                Name = "iPad",
            });
    }

    private void Family(SessionGuardDb db, Guid school, DateTimeOffset now) => db.AddRange(
        new Person { Id = Child, OrganisationId = school, Kind = PersonKind.Child, Name = "Ada Vole", BornOn = new DateOnly(2017, 5, 4), CreatedAt = now },
        new Person { Id = Carer, OrganisationId = school, Kind = PersonKind.Carer, Name = "Una Vole", Email = $"una{_number}@families.example", CreatedAt = now },
        new Carership { Id = Guid.NewGuid(), OrganisationId = school, ChildId = Child, CarerId = Carer, IsPrimary = true },
        new Seat
        {
            Id = Seat,
            OrganisationId = school,
            SeriesId = Series,
            Kind = SeatKind.Child,
            PersonId = Child,
            ScreenName = "Ada",
            State = SeatState.Shared,
            CreatedAt = now,
        });

    private void Rest(SessionGuardDb db, Guid school, DateTimeOffset now) => db.AddRange(
        new Flag
        {
            Id = Flag,
            OrganisationId = school,
            SessionId = Session,
            Rule = "unknown-participant",
            Severity = Severity.Medium,
            Certainty = Certainty.Certain,
            Status = FlagStatus.Open,
            Summary = "Somebody whom nobody knows was there.",
            RaisedAt = now,
        },
        new InboxMessage
        {
            Id = Delivery,
            OrganisationId = school,
            DeliveryKey = [.. Delivery.ToByteArray(), .. new byte[24]],
            Event = "meeting.nonsense",
            Body = "{}"u8.ToArray(),
            ReceivedAt = now,
            State = InboxState.SetAside,
            Reason = "It failed 8 times.",
            Tries = 8,
        });
}
