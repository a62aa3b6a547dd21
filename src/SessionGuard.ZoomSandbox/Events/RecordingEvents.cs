using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox.Json;

namespace SessionGuard.ZoomSandbox.Events;

/// <summary>Cloud recording and live streams. A recording on someone's own computer raises nothing at Zoom either.</summary>
internal sealed class RecordingEvents(EventFeed feed)
{
    public void Started(SandboxInstance instance)
    {
        instance.RecordingStartedAt = feed.Now;
        Raise("recording.started", instance, ended: false);
    }

    public void Paused(SandboxInstance instance) => Raise("recording.paused", instance, ended: true);

    public void Resumed(SandboxInstance instance) => Raise("recording.resumed", instance, ended: false);

    public void Stopped(SandboxInstance instance) => Raise("recording.stopped", instance, ended: true);

    /// <summary>The files are ready to fetch, usually some time after the meeting.</summary>
    public void Completed(SandboxInstance instance)
    {
        var (start, end) = (ZoomJson.Instant(instance.RecordingStartedAt ?? instance.StartedAt), ZoomJson.Instant(instance.EndedAt ?? feed.Now));
        var subject = InstanceFacts.WithNumericId(instance);
        subject["account_id"] = feed.AccountId;
        subject["host_email"] = instance.Meeting.Host.Email;
        subject["duration"] = (int)((instance.EndedAt ?? feed.Now) - instance.StartedAt).TotalMinutes;
        subject["password"] = "rec-" + ZoomIds.Token(4);
        subject["share_url"] = $"https://us06web.zoom.us/rec/share/{ZoomIds.Token(24)}";
        subject["total_size"] = 73_400_320;
        subject["recording_count"] = 1;
        subject["recording_files"] = new JsonArray(new JsonObject
        {
            ["id"] = ZoomIds.ParticipantUuid(),
            ["meeting_id"] = instance.Uuid,
            ["recording_start"] = start,
            ["recording_end"] = end,
            ["file_type"] = "MP4",
            ["file_size"] = 73_400_320,
            ["file_extension"] = "MP4",
            ["play_url"] = $"https://us06web.zoom.us/rec/play/{ZoomIds.Token(24)}",
            ["download_url"] = $"https://us06web.zoom.us/rec/webhook_download/{ZoomIds.Token(24)}",
            ["status"] = "completed",
            ["recording_type"] = "shared_screen_with_speaker_view",
        });
        subject["on_prem"] = false;
        subject["recording_play_passcode"] = ZoomIds.Token(24);
        feed.Raise("recording.completed", subject, beside: new JsonObject { ["download_token"] = ZoomIds.Token(64) });
    }

    public void StreamingStarted(SandboxInstance instance) => Streaming("meeting.live_streaming_started", instance);

    public void StreamingStopped(SandboxInstance instance) => Streaming("meeting.live_streaming_stopped", instance);

    private void Raise(string name, SandboxInstance instance, bool ended)
    {
        var subject = InstanceFacts.WithNumericId(instance);
        subject["recording_file"] = new JsonObject
        {
            ["recording_start"] = ZoomJson.Instant(instance.RecordingStartedAt ?? feed.Now),
            ["recording_end"] = ended ? feed.NowText : "",
        };
        feed.Raise(name, subject);
    }

    /// <summary>Zoom puts the stream's secret key into the body.</summary>
    private void Streaming(string name, SandboxInstance instance)
    {
        var subject = InstanceFacts.WithNumericId(instance);
        subject["live_streaming"] = new JsonObject
        {
            ["service"] = "Custom_Live_Streaming_Service",
            ["custom_live_streaming_settings"] = new JsonObject
            {
                ["stream_url"] = "rtmp://live.example/app",
                ["stream_key"] = ZoomIds.Token(12),
                ["page_url"] = "https://live.example/w",
                ["resolution"] = "720p",
            },
            ["date_time"] = feed.NowText,
        };
        feed.Raise(name, subject, EventFeed.By(Operator.Of(instance.Meeting.Host)));
    }
}
