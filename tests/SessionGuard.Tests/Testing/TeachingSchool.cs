using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Planning;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Text;
using SessionGuard.Rules;
using SessionGuard.School.People;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Surfaces.Shell;

namespace SessionGuard.Tests.Testing;

/// <summary>A school on Zoom with a teacher, a colleague and an office, and the ways to give it families and classes.</summary>
internal sealed class TeachingSchool : IAsyncDisposable
{
    private TeachingSchool(SchoolOnZoom whole) => Whole = whole;

    public SchoolOnZoom Whole { get; }

    public App App => Whole.App;

    public SessionGuard.ZoomSandbox.SandboxServer Zoom => Whole.Zoom;

    /// <summary>Has a Zoom user.</summary>
    public Account Teacher { get; private set; } = null!;

    /// <summary>Has none.</summary>
    public Account Colleague { get; private set; } = null!;

    public Account Admin { get; private set; } = null!;

    public Account Lead { get; private set; } = null!;

    public Account AdminElsewhere { get; private set; } = null!;

    public Actor Office => Actor.Operator(App.School.Id);

    public static async Task<TeachingSchool> StartAsync(StorageEngine engine, Action<IServiceCollection>? services = null)
    {
        var school = new TeachingSchool(await SchoolOnZoom.StartAsync(engine, SeededSchool.Settings, services));
        var other = school.App.Services.GetRequiredService<SessionGuard.Platform.Tenancy.OrganisationDirectory>().BySlug(SeededSchool.OtherSlug)!.Id;
        await school.DoAsync(async services =>
        {
            var accounts = services.GetRequiredService<StaffAccounts>();
            Task<Account> Open(Guid organisation, string email, Role role) => accounts.EnsureAsync(organisation, email, email, role, CancellationToken.None);
            school.Teacher = await Open(school.App.School.Id, SchoolOnZoom.Teacher, Role.Teacher);
            school.Colleague = await Open(school.App.School.Id, "jo@alder.example", Role.Teacher);
            school.Admin = await Open(school.App.School.Id, "office@alder.example", Role.Admin);
            school.Lead = await Open(school.App.School.Id, "lead@alder.example", Role.Lead);
            school.AdminElsewhere = await Open(other, "office@birch.example", Role.Admin);
            return await services.GetRequiredService<SessionGuardDb>().SaveChangesAsync();
        });
        return school;
    }

    /// <summary>Works with services of one scope that sees every school.</summary>
    public async Task<T> DoAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = App.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        return await work(scope.ServiceProvider);
    }

    public Task<Person> ChildAsync(string name) => PersonAsync(new PersonDetails(PersonKind.Child, name, BornOn: "2016-05-01"));

    public Task<Person> PersonAsync(PersonDetails details) => DoAsync(async services =>
    {
        var person = services.GetRequiredService<PeopleRegister>().Enter(Office, details.Check(DateOnly.FromDateTime(App.Noon.UtcDateTime), new ValidationErrors())!);
        await services.GetRequiredService<SessionGuardDb>().SaveChangesAsync();
        return person;
    });

    /// <summary>A weekly class of the teacher's, planned in Zoom.</summary>
    public Task<ClassSeries> ClassAsync(string name = "Tuesday tap", int weeks = 3) => DoAsync(async services =>
    {
        var details = new SeriesDetails { Name = name, TeacherId = Teacher.Id, FirstDate = "2026-11-24", Time = "17:00", Minutes = 60, Weeks = weeks };
        var faults = new ValidationErrors();
        var opened = await services.GetRequiredService<OpenSeries>().HandleAsync(
            Office, details.Check(App.School.TimeZone, App.Clock.GetUtcNow(), faults)!, faults, CancellationToken.None);
        Assert.True(faults.None);
        Assert.Null(opened.Fault);
        return opened.Series!;
    });

    public Task<Seat> SeatAsync(ClassSeries series, Person child) => DoAsync(async services =>
    {
        var faults = new ValidationErrors();
        var seat = await services.GetRequiredService<SeatRegister>().GiveAsync(
            Office, series.Id, new SeatDetails(SeatKind.Child, child.Id), faults, CancellationToken.None);
        Assert.Empty(faults.All);
        return seat!;
    });

    public Task<Seat> SeatNowAsync(Seat seat) => App.ReadAsync(db => db.Set<Seat>().SingleAsync(s => s.Id == seat.Id));

    public Task<List<Session>> SessionsAsync() => App.ReadAsync(db => db.Set<Session>().OrderBy(s => s.Start).ToListAsync());

    public SessionGuard.ZoomSandbox.SandboxMeeting MeetingOf(Meeting meeting) => Zoom.FindMeeting(meeting.ZoomMeetingId)!;

    public async Task<SessionGuard.ZoomSandbox.SandboxMeeting> MeetingOfAsync(ClassSeries series) =>
        MeetingOf(await App.ReadAsync(db => db.Set<Meeting>().SingleAsync(m => m.SeriesId == series.Id)));

    public ValueTask DisposeAsync() => Whole.DisposeAsync();
}
