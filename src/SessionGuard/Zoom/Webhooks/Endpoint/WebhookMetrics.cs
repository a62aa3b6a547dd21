using System.Diagnostics.Metrics;

namespace SessionGuard.Zoom.Webhooks.Endpoint;

/// <summary>Counts the endpoint's answers. A refusal is a count and no log line: anyone may cause one, as often as they like.</summary>
internal sealed class WebhookMetrics(IMeterFactory meters)
{
    public const string MeterName = "SessionGuard.Webhooks";

    private readonly Counter<long> _answers = meters.Create(MeterName).CreateCounter<long>(
        "sessionguard.webhooks.answers", unit: "{request}", description: "Requests at the webhook endpoint, by what was answered.");

    public void Count(WebhookAnswer answer)
    {
        if (_answers.Enabled)
        {
            _answers.Add(1, new KeyValuePair<string, object?>("answer", answer.ToString()));
        }
    }
}
