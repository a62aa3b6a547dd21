using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Client;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Zoom.Client;

/// <summary>The calls that little or nothing in the service makes yet, against a Zoom that keeps what it is told.</summary>
public sealed class ZoomClientOnSandboxTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _bound = new(TimeSpan.FromSeconds(60));
    private SchoolOnZoom _school = null!;

    private SandboxServer Zoom => _school.Zoom;

    private ZoomClient Client => _school.App.Services.GetRequiredService<ZoomClient>();

    public async ValueTask InitializeAsync() => _school = await SchoolOnZoom.StartAsync(StorageEngine.Sqlite);

    public async ValueTask DisposeAsync()
    {
        await _school.DisposeAsync();
        _bound.Dispose();
    }

    [Fact]
    public async Task A_hosts_own_settings_and_security_are_told_as_they_were_set()
    {
        Zoom.ChangeUserSettings(SchoolOnZoom.Teacher, "in_meeting", "private_chat", false);
        Zoom.ChangeUserSettings(SchoolOnZoom.Teacher, "meeting_security", "waiting_room", true);

        var settings = (await Client.GetUserSettingsAsync(_school.App.School, SchoolOnZoom.Teacher, _bound.Token)).Value!;
        var security = (await Client.GetUserSecurityAsync(_school.App.School, SchoolOnZoom.Teacher, _bound.Token)).Value!;

        Assert.Equal((false, true, "all"), (settings.PrivateChat, settings.WaitingRoom, settings.WhoCanShareScreen));
        Assert.Equal((false, true, true), (security.AtLeastOneOption, security.WaitingRoom, security.Passcode));
    }

    [Fact]
    public async Task The_apps_scopes_are_told_until_one_is_taken_away()
    {
        Zoom.SetScope("meeting:delete:meeting:admin", granted: false);

        var scopes = (await Client.GetScopesAsync(_school.App.School, _bound.Token)).Value!;

        Assert.Contains("meeting:read:meeting:admin", scopes);
        Assert.DoesNotContain("meeting:delete:meeting:admin", scopes);
    }

    [Fact]
    public async Task An_ended_meeting_is_over_for_everybody_and_then_among_its_past_runs()
    {
        var meeting = Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting("Tap", App.Noon.AddHours(5)));
        var run = Zoom.Start(meeting.Id);
        Zoom.Join(meeting.Id, JoinMeeting.User(meeting.Host));
        Zoom.Join(meeting.Id, JoinMeeting.Guest("Maya") with { ViaWaitingRoom = false });
        Assert.Empty((await Client.ListPastInstancesAsync(_school.App.School, meeting.Id, _bound.Token)).Value!);
        _school.App.Clock.Advance(TimeSpan.FromMinutes(40));

        Assert.NotNull((await Client.EndMeetingAsync(_school.App.School, meeting.Id, _bound.Token)).Value);

        Assert.Equal(run.Uuid, Assert.Single((await Client.ListPastInstancesAsync(_school.App.School, meeting.Id, _bound.Token)).Value!).Uuid);
        var stays = (await Client.GetPastParticipantsAsync(_school.App.School, run.Uuid, _bound.Token)).Value!;
        Assert.Equal(2, stays.Count);
        Assert.All(stays, stay => Assert.Equal(App.Noon.AddMinutes(40), stay.Leave));
    }

    [Fact]
    public async Task One_date_of_a_series_is_deleted_and_then_the_whole_of_it()
    {
        var series = Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting("Ballet", App.Noon.AddHours(5)) { Recurrence = MeetingRecurrence.Weekly(3) });
        var dates = (await Client.GetMeetingAsync(_school.App.School, series.Id, _bound.Token)).Value!.Occurrences;

        Assert.NotNull((await Client.DeleteMeetingAsync(_school.App.School, series.Id, dates[1].Id, _bound.Token)).Value);
        var left = (await Client.GetMeetingAsync(_school.App.School, series.Id, _bound.Token)).Value!.Occurrences;
        Assert.Equal([false, true, false], left.Select(o => o.Deleted));

        Assert.NotNull((await Client.DeleteMeetingAsync(_school.App.School, series.Id, null, _bound.Token)).Value);
        Assert.Equal(ZoomFailure.NotFound, (await Client.GetMeetingAsync(_school.App.School, series.Id, _bound.Token)).Failure);
    }

    [Theory]
    [InlineData(RegistrantAction.Cancel)]
    [InlineData(RegistrantAction.Deny)]
    internal async Task A_registrant_that_is_cancelled_or_denied_leaves_the_list_and_an_approved_one_comes_back(RegistrantAction action)
    {
        var meeting = Zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting("Tap", App.Noon.AddHours(5)) { Registration = true });
        var seat = (await Client.AddRegistrantAsync(_school.App.School, meeting.Id, new NewRegistrant("seat@alder.example", "Maya"), _bound.Token)).Value!;
        Assert.Equal([seat.Id], await ListedAsync(meeting.Id));

        Assert.NotNull((await Client.SetRegistrantStatusAsync(_school.App.School, meeting.Id, action, [seat.Id], _bound.Token)).Value);
        Assert.Empty(await ListedAsync(meeting.Id));

        Assert.NotNull((await Client.SetRegistrantStatusAsync(_school.App.School, meeting.Id, RegistrantAction.Approve, [seat.Id], _bound.Token)).Value);
        Assert.Equal([seat.Id], await ListedAsync(meeting.Id));
    }

    private async Task<IEnumerable<string>> ListedAsync(long meetingId) =>
        (await Client.ListRegistrantsAsync(_school.App.School, meetingId, _bound.Token)).Value!.Select(l => l.Registrant.Id);
}
