using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Checking;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Classes.Seats;

public sealed class ProvideSeatsTests
{
    private static readonly string[] Names = ["Maya Jones", "Tom Lind", "Zoë Öz"];

    [Theory, OnEachEngine]
    internal async Task Each_place_becomes_one_registrant_under_an_alias(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var (series, seats) = await FullClassAsync(school);
        await school.App.RunAsync<ProvideSeatsJob>();
        await school.App.RunAsync<ProvideSeatsJob>();

        var registrants = (await school.MeetingOfAsync(series)).Registrants;
        Assert.Equal(["Maya", "Tom", "Zoë"], registrants.Select(r => r.FirstName).Order());
        Assert.All(registrants, r => Assert.Matches("^seat-[0-9a-f]{20}-1@lessons\\.alder\\.example$", r.Email));
        Assert.All(registrants, r => Assert.Equal(("", "approved"), (r.LastName, r.Status)));
        var box = school.App.Services.GetRequiredService<SecretBox>();
        foreach (var now in await NowAsync(school, seats))
        {
            var registrant = registrants.Single(r => r.FirstName == now.ScreenName);
            Assert.Equal((SeatState.Linked, registrant.Id, registrant.JoinUrl), (now.State, now.RegistrantId, box.Open(now.SealedLink!)));
            Assert.Equal((null, null, 0), (now.DueAt, now.LeasedUntil, now.Failures));
        }

        Assert.Equal(3, (await ActionsAsync(school)).Count(a => a == "seat.linked"));
    }

    [Theory, OnEachEngine]
    internal async Task A_new_passcode_renews_every_link_and_keeps_every_place(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var (series, seats) = await FullClassAsync(school);
        var meeting = await school.MeetingOfAsync(series);
        await LookAndProvideAsync(school);
        var before = await NowAsync(school, seats);
        Assert.All(before, s => Assert.Equal(SeatState.Linked, s.State));

        school.Zoom.Change(meeting.Id, m => m.Passcode = "other-4Kz9");
        await LookAndProvideAsync(school);

        var box = school.App.Services.GetRequiredService<SecretBox>();
        var after = await NowAsync(school, seats);
        Assert.Equal(before.Select(s => (s.Id, s.RegistrantId)).Order(), after.Select(s => (s.Id, s.RegistrantId)).Order());
        Assert.All(after, s => Assert.Equal(meeting.Registrants.Single(r => r.Id == s.RegistrantId).JoinUrl, box.Open(s.SealedLink!)));
        Assert.All(after, s => Assert.DoesNotContain(before, b => box.Open(b.SealedLink!) == box.Open(s.SealedLink!)));
        Assert.All(after, s => Assert.Null(s.DueAt));
        Assert.Equal(3, meeting.Registrants.Count);
    }

    [Theory, OnEachEngine]
    internal async Task While_Zoom_is_down_places_wait_and_afterwards_all_are_provided(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var (series, seats) = await FullClassAsync(school);
        school.Zoom.Faults.Always(Fault.ScopeGone());
        for (var pass = 0; pass < 3; pass++)
        {
            await school.App.RunAsync<ProvideSeatsJob>();
            school.App.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.All(await NowAsync(school, seats), s => Assert.Equal(SeatState.Wanted, s.State));
        Assert.All(await NowAsync(school, seats), s => Assert.NotNull(s.DueAt));
        Assert.Empty((await school.MeetingOfAsync(series)).Registrants);

        school.Zoom.Faults.Clear();
        school.App.Clock.Advance(TimeSpan.FromMinutes(15));
        await school.App.RunAsync<ProvideSeatsJob>();
        Assert.All(await NowAsync(school, seats), s => Assert.Equal(SeatState.Linked, s.State));
        Assert.Equal(3, (await school.MeetingOfAsync(series)).Registrants.Count);
    }

    [Theory, OnEachEngine]
    internal async Task However_often_Zoom_was_not_even_asked_a_place_is_tried_again_a_minute_later(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var (_, seats) = await FullClassAsync(school);
        await school.App.FailUntilLeftAloneAsync(school.Zoom);
        for (var pass = 0; pass < 3; pass++)
        {
            await school.App.WriteAsync(db => db.Set<Seat>().ToList().ForEach(s => s.DueAt = school.App.Clock.Now()));
            await school.App.RunAsync<ProvideSeatsJob>();

            Assert.All(await NowAsync(school, seats), s => Assert.Equal(school.App.Clock.Now().AddMinutes(1), s.DueAt));
        }

        Assert.All(await NowAsync(school, seats), s => Assert.InRange(s.Failures, 0, 1));
    }

    [Theory, OnEachEngine]
    internal async Task A_place_whose_answer_was_lost_is_not_registered_twice(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var (series, seats) = await FullClassAsync(school);
        var meeting = await school.MeetingOfAsync(series);
        school.Zoom.Faults.Next(1, Fault.LostAnswer(), "POST", $"/v2/meetings/{meeting.Id}/registrants");
        await school.App.RunAsync<ProvideSeatsJob>();
        Assert.Single(meeting.Registrants);
        Assert.All(await NowAsync(school, seats), s => Assert.Equal(SeatState.Wanted, s.State));

        school.App.Clock.Advance(TimeSpan.FromMinutes(1));
        await school.App.RunAsync<ProvideSeatsJob>();
        Assert.Equal(
            meeting.Registrants.Select(r => r.Id).Order(), (await NowAsync(school, seats)).Select(s => s.RegistrantId).Order());
        Assert.Equal(3, meeting.Registrants.Count);
    }

    [Theory, OnEachEngine]
    internal async Task A_new_link_ends_the_old_one_first(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var (series, seats) = await FullClassAsync(school);
        await school.App.RunAsync<ProvideSeatsJob>();
        Assert.True(await TurnAsync(school, (register, token) => register.RotateAsync(school.Office, seats[0].Id, token)));
        Assert.Null((await school.SeatNowAsync(seats[0])).SealedLink);
        await school.App.RunAsync<ProvideSeatsJob>();

        var registrants = (await school.MeetingOfAsync(series)).Registrants.Where(r => r.FirstName == "Maya").ToList();
        Assert.Equal(["cancelled", "approved"], registrants.Select(r => r.Status));
        Assert.Equal(registrants[0].Email.Replace("-1@", "-2@", StringComparison.Ordinal), registrants[1].Email);
        var now = await school.SeatNowAsync(seats[0]);
        Assert.Equal((SeatState.Linked, registrants[1].Id, 2), (now.State, now.RegistrantId, now.Generation));
        Assert.Contains("seat.rotated", await ActionsAsync(school));
    }

    [Theory, OnEachEngine]
    internal async Task A_place_given_up_ends_its_link_and_a_second_time_is_not_there(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var (series, seats) = await FullClassAsync(school);
        await school.App.RunAsync<ProvideSeatsJob>();
        Assert.True(await TurnAsync(school, (register, token) => register.TakeBackAsync(school.Office, seats[1].Id, token)));
        Assert.False(await TurnAsync(school, (register, token) => register.TakeBackAsync(school.Office, seats[1].Id, token)));
        await school.App.RunAsync<ProvideSeatsJob>();

        Assert.Equal("cancelled", (await school.MeetingOfAsync(series)).Registrants.Single(r => r.FirstName == "Tom").Status);
        Assert.Equal((SeatState.Left, null), ((await school.SeatNowAsync(seats[1])) is var now ? (now.State, now.SealedLink) : default));
        Assert.Contains("seat.left", await ActionsAsync(school));
    }

    [Theory, OnEachEngine]
    internal async Task Without_a_licence_everybody_comes_by_the_meetings_own_link(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var (series, seats) = await FullClassAsync(school);
        var meeting = await school.MeetingOfAsync(series);
        school.Zoom.Change(meeting.Id, m => m.Settings.ApprovalType = 2);
        meeting.Host.IsLicensed = false;
        await school.App.RunAsync<ProvideSeatsJob>();

        Assert.All(await NowAsync(school, seats), s => Assert.Equal((SeatState.Shared, null, 0), (s.State, s.RegistrantId, s.Failures)));
        Assert.Equal(0, school.Whole.Patches);
    }

    [Theory, OnEachEngine]
    internal async Task Registration_that_is_off_is_switched_on_once_and_our_own_change_coming_back_does_no_harm(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var (series, seats) = await FullClassAsync(school);
        var meeting = await school.MeetingOfAsync(series);
        school.Zoom.Change(meeting.Id, m => m.Settings.ApprovalType = 2);
        await school.App.RunAsync<ProvideSeatsJob>();
        await school.Whole.CarryAsync();
        await school.App.RunAsync<ProvideSeatsJob>();

        Assert.Equal((1, 0, 3), (school.Whole.Patches, meeting.Settings.ApprovalType, meeting.Registrants.Count));
        Assert.All(await NowAsync(school, seats), s => Assert.Equal(SeatState.Linked, s.State));
        Assert.Single(await ActionsAsync(school), a => a == "registration.on");
    }

    [Theory, OnEachEngine]
    internal async Task A_class_that_goes_on_in_another_meeting_gets_new_links(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var (series, seats) = await FullClassAsync(school);
        await school.App.RunAsync<ProvideSeatsJob>();
        var old = await school.MeetingOfAsync(series);
        var next = school.Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting("Tuesday tap", App.Noon.AddHours(6)) { Registration = true });
        await school.App.WriteAsync(db => db.Add(new Meeting
        {
            Id = Guid.CreateVersion7(App.Noon),
            OrganisationId = series.OrganisationId,
            ZoomMeetingId = next.Id,
            SeriesId = series.Id,
            HostZoomId = next.Host.Id,
            Topic = next.Topic,
            Type = 2,
            ScheduleSource = ScheduleSource.Fetched,
            ScheduleAsOf = App.Noon,
            NextStart = next.Start,
            SeatsDueAt = App.Noon, // as its first check leaves it
        }));
        await school.App.ReadAsync(db => db.Set<Meeting>().Where(m => m.ZoomMeetingId == old.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.GoneAsOf, App.Noon.AddDays(1))));
        await school.App.RunAsync<ProvideSeatsJob>();

        Assert.Equal(3, next.Registrants.Count);
        Assert.All(old.Registrants, r => Assert.Equal("cancelled", r.Status));
        Assert.All(await NowAsync(school, seats), s => Assert.Equal(SeatState.Linked, s.State));
    }

    [Theory, OnEachEngine]
    internal async Task A_place_given_up_while_Zoom_was_being_asked_leaves_nothing_behind(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        var (series, seats) = await FullClassAsync(school);
        var meeting = await school.MeetingOfAsync(series);
        var claimed = await school.DoAsync(services => services.GetRequiredService<SeatOutcomes>().ClaimAsync(seats[0].Id, CancellationToken.None));
        Assert.Null(await school.DoAsync(services => services.GetRequiredService<SeatOutcomes>().ClaimAsync(seats[0].Id, CancellationToken.None)));
        await TurnAsync(school, (register, token) => register.TakeBackAsync(school.Office, seats[0].Id, token));
        var given = school.Zoom.Register(meeting.Id, "Maya", "", "seat-x@lessons.alder.example");
        var ours = await school.App.ReadAsync(db => db.Set<Meeting>().SingleAsync());
        await school.DoAsync(async services =>
        {
            await services.GetRequiredService<SeatOutcomes>().LinkedAsync(
                claimed!, ours, new SessionGuard.Zoom.Client.ZoomRegistrant(given.Id, null, null), new Uri(given.JoinUrl));
            return true;
        });
        await school.App.RunAsync<ProvideSeatsJob>();

        Assert.Equal(("cancelled", SeatState.Left), (given.Status, (await school.SeatNowAsync(seats[0])).State));
        Assert.Null((await school.SeatNowAsync(seats[0])).SealedLink);
    }

    private static async Task<(ClassSeries Series, IReadOnlyList<Seat> Seats)> FullClassAsync(TeachingSchool school)
    {
        var series = await school.ClassAsync();
        var seats = new List<Seat>();
        foreach (var name in Names)
        {
            seats.Add(await school.SeatAsync(series, await school.ChildAsync(name)));
        }

        return (series, seats);
    }

    private static Task<bool> TurnAsync(TeachingSchool school, Func<SeatRegister, CancellationToken, Task<bool>> turn) =>
        school.DoAsync(services => turn(services.GetRequiredService<SeatRegister>(), CancellationToken.None));

    private static Task<List<Seat>> NowAsync(TeachingSchool school, IReadOnlyList<Seat> seats)
    {
        var ids = seats.Select(s => s.Id).ToList();
        return school.App.ReadAsync(db => db.Set<Seat>().Where(s => ids.Contains(s.Id)).ToListAsync());
    }

    private static Task<List<string>> ActionsAsync(TeachingSchool school) => school.App.ReadAsync(db => db.Set<LedgerEntry>().Select(e => e.Action).ToListAsync());

    /// <summary>The meeting is looked at, as after each of its changes, and then the places.</summary>
    private static async Task LookAndProvideAsync(TeachingSchool school)
    {
        await school.App.WriteAsync(db =>
        {
            foreach (var meeting in db.Set<Meeting>())
            {
                meeting.CheckDueAt = school.App.Clock.GetUtcNow();
            }
        });
        await school.App.RunAsync<CheckUpcomingMeetingsJob>();
        await school.App.RunAsync<ProvideSeatsJob>();
    }
}
