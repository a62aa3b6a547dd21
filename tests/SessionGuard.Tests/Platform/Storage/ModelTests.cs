using System.Reflection;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.RestoreHold;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Storage;

public sealed class ModelTests
{
    /// <summary>What belongs to no school, or hangs on an account that does.</summary>
    private static readonly Type[] NobodysRows =
    [
        typeof(Organisation), typeof(DataProtectionKey), typeof(JobState), typeof(Node), typeof(Restoration),
        typeof(IdentityUserClaim<Guid>), typeof(IdentityUserLogin<Guid>), typeof(IdentityUserToken<Guid>), typeof(IdentityUserPasskey<Guid>),
    ];

    [Theory, OnEachEngine]
    internal async Task The_migrations_make_what_the_model_says(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);

        Assert.False(await app.ReadAsync(db => Task.FromResult(db.Database.HasPendingModelChanges())));
    }

    [Fact]
    public void Each_change_of_the_schema_has_one_name_on_both_engines() =>
        Assert.Equal(MigrationsIn("Sqlite"), MigrationsIn("Postgres"));

    [Theory, OnEachEngine]
    internal async Task Every_row_belongs_to_an_organisation_and_is_filtered_by_it(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        await app.ReadAsync(db =>
        {
            var tables = db.Model.GetEntityTypes().Where(t => !t.IsOwned()).ToList();
            var nobodys = tables.Where(t => !t.ClrType.IsAssignableTo(typeof(IOwned))).Select(t => t.ClrType.Name);
            Assert.Equal(NobodysRows.Select(t => t.Name).Order(), nobodys.Order());
            Assert.All(tables.Where(t => t.ClrType.IsAssignableTo(typeof(IOwned))), t => Assert.Single(t.GetDeclaredQueryFilters()));
            return Task.FromResult(true);
        });
    }

    [Theory, OnEachEngine]
    internal async Task Every_personal_mark_is_in_the_model(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var marked = typeof(SessionGuardDb).Assembly.GetTypes()
            .SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(p => p.GetCustomAttribute<PersonalAttribute>() is not null).Select(p => $"{p.DeclaringType!.Name}.{p.Name}").Order().ToList();

        var known = await app.ReadAsync(db => Task.FromResult(db.Model.GetEntityTypes().SelectMany(t => t.GetProperties())
            .Where(p => p.FindAnnotation(PersonalAttribute.Annotation) is not null).Select(p => $"{p.DeclaringType.ClrType.Name}.{p.Name}").Order().ToList()));

        Assert.NotEmpty(marked);
        Assert.Equal(marked, known);
    }

    [Theory, OnEachEngine]
    internal async Task An_instant_comes_back_as_it_was_and_sorts_by_time_whatever_its_offset(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var noonInIndia = new DateTimeOffset(2026, 11, 24, 12, 0, 0, 1, TimeSpan.FromHours(5.5));
        var noonInLondon = new DateTimeOffset(2026, 11, 24, 12, 0, 0, 0, TimeSpan.Zero);
        await app.WriteAsync(db => db.AddRange(
            new JobState { Name = "London", StartedAt = noonInLondon }, new JobState { Name = "India", StartedAt = noonInIndia }));

        var states = await app.ReadAsync(db => db.Set<JobState>().Where(s => s.StartedAt <= noonInLondon).OrderBy(s => s.StartedAt).ToListAsync());

        Assert.Equal(["India", "London"], states.Select(s => s.Name));
        Assert.Equal((noonInIndia.ToUniversalTime(), TimeSpan.Zero), (states[0].StartedAt!.Value, states[0].StartedAt!.Value.Offset));
    }

    [Theory, OnEachEngine]
    internal async Task The_second_of_two_changes_to_one_row_is_refused(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var meeting = await AddMeetingAsync(app);

        var refused = await app.ReadAsync(async db =>
        {
            var mine = await db.Set<Meeting>().SingleAsync(m => m.Id == meeting);
            await app.ReadAsync(async elsewhere =>
            {
                (await elsewhere.Set<Meeting>().SingleAsync(m => m.Id == meeting)).Type = 8;
                return await elsewhere.SaveChangesAsync();
            });
            mine.Type = 3;
            return await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
        });

        Assert.NotNull(refused);
        var kept = await app.ReadAsync(db => db.Set<Meeting>().SingleAsync(m => m.Id == meeting));
        Assert.Equal((8, 1), (kept.Type, kept.Version));
    }

    [Fact]
    public async Task Saving_on_a_blocked_thread_is_refused()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);

        await app.ReadAsync(db =>
        {
            Assert.Throws<NotSupportedException>(() => db.SaveChanges());
            db.Add(new JobState { Name = "Beside a key" });
            db.DataProtectionKeys.Add(new DataProtectionKey { FriendlyName = "key", Xml = "<key />" });
            return Task.FromResult(Assert.Throws<NotSupportedException>(() => db.SaveChanges()));
        });
    }

    private static async Task<Guid> AddMeetingAsync(App app)
    {
        var now = app.Clock.GetUtcNow();
        var (school, id, series) = (app.School.Id, Guid.CreateVersion7(now), Guid.CreateVersion7(now));
        await app.WriteAsync(db =>
        {
            db.Add(new ClassSeries { Id = series, OrganisationId = school, Origin = SeriesOrigin.Adopted, JoinCodeHash = [1], CreatedAt = now });
            db.Add(new Meeting
            {
                Id = id,
                OrganisationId = school,
                ZoomMeetingId = 81234567890,
                SeriesId = series,
                HostZoomId = "host",
                Topic = "Ballet",
                Type = 2,
                ScheduleSource = ScheduleSource.Announced,
                ScheduleAsOf = now,
            });
        });
        return id;
    }

    private static IEnumerable<string> MigrationsIn(string engine) =>
        Directory.EnumerateFiles(Path.Combine(Source.Root, "src", "SessionGuard.Migrations", engine), "*.cs").Select(Path.GetFileName).OfType<string>()
            .Where(f => char.IsDigit(f[0]) && !f.EndsWith(".Designer.cs", StringComparison.Ordinal))
            .Select(f => f[(f.IndexOf('_', StringComparison.Ordinal) + 1)..]).Order();
}
