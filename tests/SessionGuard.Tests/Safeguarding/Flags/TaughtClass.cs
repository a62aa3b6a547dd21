using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.School.People;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Testing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Safeguarding.Flags;

/// <summary>A class at five with one child, Maya, who has a Zoom link of her own, and her mother, who has an address.</summary>
internal sealed class TaughtClass : IAsyncDisposable
{
    public const string DeputyEmail = "deputy@alder.example";
    public static readonly DateTimeOffset Five = App.Noon.AddHours(5);

    private TaughtClass(SchoolOnZoom school) => School = school;

    public SchoolOnZoom School { get; }

    public App App => School.App;

    public SandboxServer Zoom => School.Zoom;

    public SandboxMeeting Meeting { get; private set; } = null!;

    public SandboxRegistrant MayasLink { get; private set; } = null!;

    public Account Teacher { get; private set; } = null!;

    public Account Lead { get; private set; } = null!;

    public Guid SessionId { get; private set; }

    public Guid SeriesId { get; private set; }

    public Guid Maya { get; } = Id();

    public Guid Mother { get; } = Id();

    public static async Task<TaughtClass> StartAsync(StorageEngine engine, Action<IServiceCollection>? services = null)
    {
        var taught = new TaughtClass(await SchoolOnZoom.StartAsync(engine, services: services));
        taught.Meeting = taught.Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting("Grade 3 Tap", Five)
        {
            Passcode = "tap-4Kz_9q",
            WaitingRoom = true,
            JoinBeforeHost = false,
            Registration = true,
        });
        taught.MayasLink = taught.Zoom.Register(taught.Meeting.Id, "Maya", "", "seat-1@alder.example");
        await taught.OpenAccountsAsync();
        await taught.School.CarryAsync();
        var session = await taught.App.ReadAsync(db => db.Set<Session>().SingleAsync());
        (taught.SessionId, taught.SeriesId) = (session.Id, session.SeriesId);
        await taught.App.WriteAsync(taught.EnrolMaya);
        return taught;
    }

    public static Guid Id() => Guid.CreateVersion7(App.Noon);

    public SandboxParticipant TeacherJoins() => Zoom.Join(Meeting.Id, JoinMeeting.User(Meeting.Host));

    public SandboxParticipant MayaJoins() => Zoom.Join(Meeting.Id, JoinMeeting.Registrant(MayasLink, "Maya") with { ViaWaitingRoom = false });

    public void WaitUntil(DateTimeOffset instant) => App.Clock.Advance(instant - App.Clock.GetUtcNow());

    public void Wait(int seconds) => App.Clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Lets what Zoom told arrive, and judges.</summary>
    public async Task JudgeAsync()
    {
        await School.CarryAsync();
        await App.RunAsync<EvaluateSessionsJob>();
    }

    public Task<Flag> FlagAsync(string rule) => App.ReadAsync(db => db.Set<Flag>().AsNoTracking().SingleAsync(f => f.Rule == rule && f.SessionId == SessionId));

    public Task<List<Flag>> FlagsAsync() => App.ReadAsync(db => db.Set<Flag>().AsNoTracking().ToListAsync());

    public Task<List<FlagEvidence>> EvidenceAsync(Guid flagId) =>
        App.ReadAsync(db => db.Set<FlagEvidence>().AsNoTracking().Where(e => e.FlagId == flagId).OrderBy(e => e.At).ThenBy(e => e.Id).ToListAsync());

    public Task<RuleResult?> ResultAsync(string rule) => App.ReadAsync(db =>
        db.Set<RuleRecord>().Where(r => r.SessionId == SessionId && r.Rule == rule).Select(r => (RuleResult?)r.Result).SingleOrDefaultAsync());

    /// <summary>Whom flags were mailed to, in the order of the alphabet.</summary>
    public async Task<List<string>> ToldAsync() =>
        [.. (await App.ReadAsync(db => db.Set<OutboxMessage>().Where(m => m.Purpose == "flag").Select(m => m.To).ToListAsync())).Order()];

    public Task<Session> SessionAsync() => App.ReadAsync(db => db.Set<Session>().AsNoTracking().SingleAsync(s => s.Id == SessionId));

    /// <summary>Does something as a member of staff would, through the service's own classes.</summary>
    public async Task<TResult> AsAsync<TService, TResult>(Account who, Func<TService, Task<TResult>> act)
        where TService : class
    {
        await using var scope = App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<OrganisationScope>().Narrow(who.OrganisationId);
        return await act(ActivatorUtilities.CreateInstance<TService>(scope.ServiceProvider, new Viewer(who.Id, who.OrganisationId, who.Role)));
    }

    public ValueTask DisposeAsync() => School.DisposeAsync();

    private async Task OpenAccountsAsync()
    {
        await using var scope = App.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var accounts = scope.ServiceProvider.GetRequiredService<StaffAccounts>();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        Teacher = await accounts.EnsureAsync(App.School.Id, SchoolOnZoom.Teacher, "Alex Teacher", Role.Teacher, CancellationToken.None);
        Lead = await accounts.EnsureAsync(App.School.Id, "lead@alder.example", "Robin Lead", Role.Lead, CancellationToken.None);
        db.Add(new RoleHolder { Id = Id(), OrganisationId = App.School.Id, Duty = Duty.Deputy, Name = "Dee Puty", Email = DeputyEmail, From = App.Noon });
        await db.SaveChangesAsync();
    }

    private void EnrolMaya(SessionGuardDb db) => db.AddRange(
        new Person { Id = Maya, OrganisationId = App.School.Id, Kind = PersonKind.Child, Name = "Maya Jones", CreatedAt = App.Noon },
        new Person { Id = Mother, OrganisationId = App.School.Id, Kind = PersonKind.Carer, Name = "Mia Jones", Email = "mia@jones.example", CreatedAt = App.Noon },
        new Carership { Id = Id(), OrganisationId = App.School.Id, CarerId = Mother, ChildId = Maya, IsPrimary = true },
        new Seat
        {
            Id = Id(),
            OrganisationId = App.School.Id,
            SeriesId = SeriesId,
            Kind = SeatKind.Child,
            PersonId = Maya,
            ScreenName = "Maya",
            RegistrantId = MayasLink.Id,
            State = SeatState.Linked,
            CreatedAt = App.Noon,
        });
}
