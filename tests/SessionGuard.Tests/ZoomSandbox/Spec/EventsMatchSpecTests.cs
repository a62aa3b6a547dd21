using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.ZoomSandbox.Spec;

/// <summary>Every event that the sandbox sends is one that Zoom's own file describes, strictly: no unknown fields.</summary>
public sealed class EventsMatchSpecTests : SandboxTest
{
    /// <summary>Described in files that are not among the stored ones.</summary>
    private static readonly string[] DescribedElsewhere = ["account.lock_settings_updated", "user.settings_updated"];

    protected override SandboxOptions Configure(SandboxOptions options) => options with { UndocumentedFields = false };

    [Fact]
    public async Task Every_event_is_valid()
    {
        var spec = ZoomSpec.Events();
        FullStory.Play(Zoom, Clock, Host);

        List<string> errors = [];
        foreach (var raised in Zoom.Deliveries.Raised.Where(r => !DescribedElsewhere.Contains(r.Name)))
        {
            Assert.True(spec.HasEvent(raised.Name), raised.Name);
            errors.AddRange((await spec.ErrorsAsync(raised.Name, spec.EventSchema(raised.Name), raised.Body)).Select(e => $"{raised.Name} {e}"));
        }

        Assert.True(errors.Count == 0, string.Join('\n', errors.Distinct()));
    }

    [Fact]
    public void Story_has_every_kind_of_event()
    {
        FullStory.Play(Zoom, Clock, Host);

        string[] expected =
        [
            "account.lock_settings_updated", "meeting.chat_message_sent", "meeting.created", "meeting.deleted", "meeting.ended",
            "meeting.live_streaming_started", "meeting.live_streaming_stopped", "meeting.participant_admitted", "meeting.participant_jbh_joined",
            "meeting.participant_jbh_waiting", "meeting.participant_jbh_waiting_left", "meeting.participant_joined",
            "meeting.participant_joined_breakout_room", "meeting.participant_joined_waiting_room", "meeting.participant_left",
            "meeting.participant_left_breakout_room", "meeting.participant_left_waiting_room", "meeting.participant_put_in_waiting_room",
            "meeting.participant_role_changed", "meeting.permanently_deleted", "meeting.recovered", "meeting.registration_approved",
            "meeting.registration_cancelled", "meeting.registration_created", "meeting.registration_denied", "meeting.risk_alert",
            "meeting.sharing_ended", "meeting.sharing_started", "meeting.started", "meeting.updated", "recording.completed", "recording.paused",
            "recording.resumed", "recording.started", "recording.stopped", "user.settings_updated",
        ];
        Assert.Equal(expected, Zoom.Deliveries.Raised.Select(r => r.Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Check_would_notice_a_wrong_type_and_an_invented_field()
    {
        var spec = ZoomSpec.Events();
        Zoom.Schedule(Teacher, TapClass);
        var body = Zoom.Deliveries.Raised[^1].Body.Replace("\"duration\":45", "\"duration\":\"45\",\"invented\":1", StringComparison.Ordinal);

        var errors = await spec.ErrorsAsync("meeting.created", spec.EventSchema("meeting.created"), body);

        Assert.Contains(errors, e => e.Contains("duration", StringComparison.Ordinal));
        Assert.Contains(errors, e => e.Contains("invented", StringComparison.Ordinal));
    }
}
