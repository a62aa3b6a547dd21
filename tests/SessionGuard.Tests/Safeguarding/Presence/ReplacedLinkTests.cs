using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Safeguarding.Flags;
using SessionGuard.Tests.Testing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Safeguarding.Presence;

/// <summary>A seat whose link is replaced has another id in Zoom from then on.</summary>
public sealed class ReplacedLinkTests
{
    [Theory, OnEachEngine]
    internal async Task A_link_replaced_in_the_middle_of_a_class_leaves_both_halves_with_the_seat(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        var seat = await SeatInMeetingAsync(taught);
        taught.WaitUntil(TaughtClass.Five);
        taught.TeacherJoins();
        var maya = taught.MayaJoins();
        taught.Wait(900);
        await taught.JudgeAsync();
        await ReplaceAsync(taught, seat);
        Assert.Equal("cancelled", taught.MayasLink.Status);
        taught.Zoom.Leave(maya);
        taught.Wait(60);
        var again = taught.Meeting.Registrants.Single(r => r.Status == "approved");
        Assert.NotEqual(taught.MayasLink.Id, again.Id);
        taught.Zoom.Join(taught.Meeting.Id, JoinMeeting.Registrant(again, "Maya") with { ViaWaitingRoom = false });
        taught.Wait(900);
        await taught.JudgeAsync();

        Assert.Equal([("Child", 0), ("Staff", 0), ("Child", 960)], (await StaysAsync(taught)).Select(s => (s.Who.Kind.ToString(), Second(s))));
        Assert.All(await StaysAsync(taught), s => Assert.Equal(s.Who.Kind is SeatKind.Child ? (Guid?)seat : null, s.Who.SeatId));
        Assert.Equal(RuleResult.Met, await taught.ResultAsync("unknown-participant"));
    }

    [Theory, OnEachEngine]
    internal async Task Every_link_that_a_seat_ever_had_is_remembered_and_a_second_pass_remembers_nothing_twice(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        var seat = await SeatInMeetingAsync(taught);
        await ReplaceAsync(taught, seat);
        await ReplaceAsync(taught, seat);
        await taught.App.RunAsync<ProvideSeatsJob>();

        var (former, current) = await taught.App.ReadAsync(async db => (
            await db.Set<FormerRegistrant>().Where(f => f.SeatId == seat).Select(f => f.RegistrantId).ToListAsync(),
            await db.Set<Seat>().Where(s => s.Id == seat).Select(s => s.RegistrantId).SingleAsync()));
        Assert.Equal(taught.Meeting.Registrants.Where(r => r.Status == "cancelled").Select(r => r.Id).Order(), former.Order());
        Assert.Equal(taught.Meeting.Registrants.Single(r => r.Status == "approved").Id, current);
    }

    /// <summary>Maya's seat, as it is when the service itself had Zoom make her link.</summary>
    private static async Task<Guid> SeatInMeetingAsync(TaughtClass taught)
    {
        await taught.App.WriteAsync(db => db.Set<Seat>().Single().MeetingId = db.Set<Meeting>().Single().Id);
        return await taught.App.ReadAsync(db => db.Set<Seat>().Select(s => s.Id).SingleAsync());
    }

    private static async Task ReplaceAsync(TaughtClass taught, Guid seat)
    {
        await using var scope = taught.App.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var register = scope.ServiceProvider.GetRequiredService<SeatRegister>();
        Assert.True(await register.RotateAsync(Actor.Operator(taught.App.School.Id), seat, CancellationToken.None));
        await taught.App.RunAsync<ProvideSeatsJob>();
    }

    private static async Task<IReadOnlyList<IdentifiedStay>> StaysAsync(TaughtClass taught)
    {
        await using var scope = taught.App.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var there = await scope.ServiceProvider.GetRequiredService<Attendance>().GetAttendanceAsync([taught.SessionId], CancellationToken.None);
        return [.. there[taught.SessionId].Stays.OrderBy(s => s.Stay.Join).ThenBy(s => s.Who.Kind.ToString(), StringComparer.Ordinal)];
    }

    private static int Second(IdentifiedStay stay) => (int)(stay.Stay.Join - TaughtClass.Five).TotalSeconds;
}
