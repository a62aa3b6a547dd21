using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Classes.Seats;

/// <summary>A class whose host has no Zoom licence at first: everybody comes by one link.</summary>
public sealed class LicenceTests
{
    [Theory, OnEachEngine]
    internal async Task A_host_who_is_given_a_licence_later_gets_each_place_its_own_link_within_the_hour(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var (series, seats) = await FullClassAsync(school);
        var meeting = await WithoutLicenceAsync(school, series);
        var address = await JoinAddressAsync(school, series);
        school.App.Clock.Advance(TimeSpan.FromHours(1));
        await school.App.RunAsync<ProvideSeatsJob>();
        Assert.All(await NowAsync(school, seats), s => Assert.Equal(SeatState.Shared, s.State));
        Assert.Equal(3, (await school.App.ReadAsync(db => db.Set<LedgerEntry>().Select(e => e.Action).ToListAsync())).Count(a => a == "seat.shared"));

        meeting.Host.IsLicensed = true;
        school.App.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        await school.App.RunAsync<ProvideSeatsJob>();
        Assert.Empty(meeting.Registrants);
        school.App.Clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(school.App.RunAsync<ProvideSeatsJob>(), school.App.RunAsync<ProvideSeatsJob>());

        Assert.Equal(["Maya", "Tom", "Zoë"], meeting.Registrants.Select(r => r.FirstName).Order());
        Assert.All(await NowAsync(school, seats), s => Assert.Equal((SeatState.Linked, null), (s.State, s.DueAt)));
        Assert.Equal(address, await JoinAddressAsync(school, series));
    }

    [Theory, OnEachEngine]
    internal async Task Nobodys_way_in_changes_within_the_hour_before_a_class_or_while_it_is_on(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var (series, seats) = await FullClassAsync(school);
        var meeting = await WithoutLicenceAsync(school, series);
        meeting.Host.IsLicensed = true;
        school.App.Clock.Advance(TimeSpan.FromHours(4)); // the class is at five
        await school.App.RunAsync<ProvideSeatsJob>();
        school.App.Clock.Advance(TimeSpan.FromMinutes(70));
        await school.App.RunAsync<ProvideSeatsJob>();

        Assert.Equal((0, 0), (school.Whole.Patches, meeting.Registrants.Count));
        Assert.All(await NowAsync(school, seats), s => Assert.Equal(SeatState.Shared, s.State));
    }

    [Theory, OnEachEngine]
    internal async Task While_Zoom_cannot_be_asked_whether_the_plan_has_changed_everybody_still_comes_by_the_shared_link(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var (series, seats) = await FullClassAsync(school);
        var meeting = await WithoutLicenceAsync(school, series);
        meeting.Host.IsLicensed = true;
        school.Zoom.Faults.Always(Fault.ScopeGone());
        school.App.Clock.Advance(TimeSpan.FromHours(1));
        await school.App.RunAsync<ProvideSeatsJob>();
        Assert.All(await NowAsync(school, seats), s => Assert.Equal(SeatState.Shared, s.State));

        school.Zoom.Faults.Clear();
        school.App.Clock.Advance(TimeSpan.FromMinutes(15));
        await school.App.RunAsync<ProvideSeatsJob>();
        Assert.All(await NowAsync(school, seats), s => Assert.Equal(SeatState.Linked, s.State));
        Assert.Equal(3, meeting.Registrants.Count);
    }

    private static async Task<(ClassSeries Series, IReadOnlyList<Seat> Seats)> FullClassAsync(TeachingSchool school)
    {
        var series = await school.ClassAsync();
        var seats = new List<Seat>();
        foreach (var name in (string[])["Maya Jones", "Tom Lind", "Zoë Öz"])
        {
            seats.Add(await school.SeatAsync(series, await school.ChildAsync(name)));
        }

        return (series, seats);
    }

    /// <summary>The class as a host without a licence has it: everybody comes by one link.</summary>
    private static async Task<SandboxMeeting> WithoutLicenceAsync(TeachingSchool school, ClassSeries series)
    {
        var meeting = await school.MeetingOfAsync(series);
        school.Zoom.Change(meeting.Id, m => m.Settings.ApprovalType = 2);
        meeting.Host.IsLicensed = false;
        await school.App.RunAsync<ProvideSeatsJob>();
        return meeting;
    }

    /// <summary>What every family of the class has been given.</summary>
    private static Task<Uri> JoinAddressAsync(TeachingSchool school, ClassSeries series) => school.DoAsync(async services =>
        services.GetRequiredService<JoinAddresses>().CreateAddress(await services.GetRequiredService<SessionGuardDb>().Set<ClassSeries>().SingleAsync(s => s.Id == series.Id)));

    private static Task<List<Seat>> NowAsync(TeachingSchool school, IReadOnlyList<Seat> seats)
    {
        var ids = seats.Select(s => s.Id).ToList();
        return school.App.ReadAsync(db => db.Set<Seat>().Where(s => ids.Contains(s.Id)).ToListAsync());
    }
}
