using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Tests.Safeguarding.Flags;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Client.Events;
using SessionGuard.Zoom.Webhooks.Processing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Safeguarding.Presence;

/// <summary>Waiting room, meeting and breakout rooms, from Zoom's events to who was where.</summary>
public sealed class RoomsTests
{
    private const string Room = "XOa2trvpUBvm+ymRKbceaA==";

    [Theory, OnEachEngine]
    internal async Task Rooms_come_out_the_same_last_event_first_and_each_told_twice(StorageEngine engine)
    {
        await using var taught = await TaughtClass.StartAsync(engine);
        var before = taught.Zoom.Deliveries.Raised.Count;
        Teach(taught);
        foreach (var raised in taught.Zoom.Deliveries.Raised.Skip(before).Reverse())
        {
            Assert.Equal(HttpStatusCode.OK, await taught.App.DeliverAsync(raised.Body));
            await taught.App.RunAsync<ProcessInboxJob>();
            Assert.Equal(HttpStatusCode.OK, await taught.App.DeliverAsync(raised.Body.Replace("\"event\"", " \"event\"", StringComparison.Ordinal)));
        }

        await taught.App.RunAsync<ProcessInboxJob>();
        await using var scope = taught.App.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var there = (await scope.ServiceProvider.GetRequiredService<Attendance>().GetAttendanceAsync([taught.SessionId], CancellationToken.None))[taught.SessionId];
        Assert.Equal(
            ["Staff Main 0-600", "Child Waiting 10-40", "Child Main 40-100", "Child Breakout 100-160", "Child Main 160-600"],
            there.Stays.Select(s => $"{s.Who.Kind} {s.Stay.Room.Kind} {Second(s.Stay.Join)}-{Second(s.Stay.Leave!.Value)}"));
        Assert.Equal(TaughtClass.Five.AddSeconds(160), Assert.Single(there.HandedOn));
    }

    [Theory]
    [InlineData("Maya left the meeting.", false)]
    [InlineData("Leave waiting room.", true)]
    [InlineData("Maya got disconnected from the meeting.<br>Reason: Removed by host from waiting room.", true)]
    [InlineData("Leave waiting room. left the meeting.", false)]
    public void Whoever_left_the_waiting_room_is_told_by_the_end_of_Zooms_reason(string reason, bool expected)
    {
        using var payload = JsonDocument.Parse(JsonSerializer.Serialize(new
        {
            @object = new { id = "1", participant = new { user_id = "7", user_name = "Maya", leave_reason = reason } },
        }));
        Assert.Equal(expected, ParticipantFacts.Read(payload.RootElement).OnlyLeftWaitingRoom);
    }

    private static int Second(DateTimeOffset at) => (int)(at - TaughtClass.Five).TotalSeconds;

    private static void Teach(TaughtClass taught)
    {
        taught.WaitUntil(TaughtClass.Five);
        taught.TeacherJoins();
        taught.Wait(10);
        var maya = taught.Zoom.Join(taught.Meeting.Id, JoinMeeting.Registrant(taught.MayasLink, "Maya"));
        taught.Wait(30);
        taught.Zoom.Admit(maya);
        taught.Wait(60);
        taught.Zoom.EnterBreakoutRoom(maya, Room);
        taught.Wait(60);
        taught.Zoom.LeaveBreakoutRoom(maya);
        taught.Zoom.ChangeRole(maya, ParticipantRole.CoHost);
        taught.Wait(440);
        taught.Zoom.End(taught.Meeting.Id);
    }
}
