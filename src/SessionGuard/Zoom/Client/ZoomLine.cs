using Polly;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Zoom.Client;

/// <summary>One organisation's line to Zoom: its token, its pipelines with their circuit, and until when Zoom wants to be left alone.</summary>
internal sealed class ZoomLine(ZoomCredentials credentials, ZoomTokens tokens, ZoomPipelines pipelines)
{
    private long _heldUntilTicks;

    public ZoomTokens Tokens => tokens;

    public ResiliencePipeline<ZoomAnswer<byte[]>> PipelineFor(ZoomCall call) => call.MayRepeat ? pipelines.Repeated : pipelines.Once;

    /// <summary>Whether this line was made for <paramref name="other"/>. New credentials get a new line, with nothing held against it.</summary>
    public bool IsFor(ZoomCredentials other) =>
        (credentials.AccountId, credentials.ClientId, credentials.ClientSecret) == (other.AccountId, other.ClientId, other.ClientSecret);

    /// <summary>Lets nothing out before <paramref name="instant"/>. A later instant stands.</summary>
    public void HoldUntil(DateTimeOffset instant)
    {
        var seen = Interlocked.Read(ref _heldUntilTicks);
        while (seen < instant.UtcTicks)
        {
            var before = Interlocked.CompareExchange(ref _heldUntilTicks, instant.UtcTicks, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }

    /// <summary>Until when nothing may be sent; null when the line is free.</summary>
    public DateTimeOffset? Held(DateTimeOffset now) =>
        Interlocked.Read(ref _heldUntilTicks) is var ticks && ticks > now.UtcTicks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
}
