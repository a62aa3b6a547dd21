using System.Threading.Channels;

namespace SessionGuard.ZoomSandbox.Delivery;

/// <summary>Sends what is queued, and queues again what failed, 5, 20 and 60 minutes later.</summary>
internal sealed class DeliveryPump : IAsyncDisposable
{
    private static readonly TimeSpan[] Ladder = [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(60)];

    private readonly Channel<QueuedDelivery> _queue = Channel.CreateUnbounded<QueuedDelivery>();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly HashSet<ITimer> _waiting = [];
    private readonly SandboxOptions _options;
    private readonly WebhookCaller _caller;
    private readonly Func<Uri?> _address;
    private readonly Task[] _workers;

    /// <param name="address">Where to send; null loses the event, as for an account that has no subscription.</param>
    public DeliveryPump(SandboxOptions options, WebhookCaller caller, Func<Uri?> address)
    {
        _options = options;
        _caller = caller;
        _address = address;
        _workers = [.. Enumerable.Range(0, options.DeliveryParallelism).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>Queued and in flight.</summary>
    public PendingCount Due { get; } = new();

    /// <summary>Also those that wait for their next try.</summary>
    public PendingCount Unsettled { get; } = new();

    public bool SameTimestampOnRetry { get; set; }

    public required Action<DeliveryAttempt> Attempted { get; init; }

    public void Queue(QueuedDelivery delivery)
    {
        Unsettled.Add();
        QueueDue(delivery);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_workers);
        lock (_gate)
        {
            foreach (var timer in _waiting)
            {
                timer.Dispose();
            }
        }

        _stopping.Dispose();
    }

    private void QueueDue(QueuedDelivery delivery)
    {
        Due.Add();
        _queue.Writer.TryWrite(delivery);
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var delivery in _queue.Reader.ReadAllAsync(_stopping.Token))
            {
                await TryAsync(delivery);
                Due.Remove();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The sandbox is closing; what is still queued is lost with it.
        }
    }

    private async Task TryAsync(QueuedDelivery delivery)
    {
        if (_address() is not { } url)
        {
            Unsettled.Remove();
            return;
        }

        var at = _options.Clock.GetUtcNow();
        var reply = await _caller.CallAsync(url, delivery.Raised.Body, SameTimestampOnRetry ? delivery.FirstTimestamp : null, _stopping.Token);
        delivery.FirstTimestamp ??= reply.Timestamp;
        var outcome = Judge(reply.Status, isRetry: delivery.Tries > 0);
        delivery.Tries++;
        var again = outcome == DeliveryOutcome.Failed && delivery.Tries <= Ladder.Length;
        if (again)
        {
            QueueLater(delivery);
        }

        var (name, body) = delivery.Raised;
        Attempted(new DeliveryAttempt(
            name, delivery.Tries, at, outcome, reply.Status, body, reply.Timestamp, reply.Signature, reply.TrackingId));
        if (!again)
        {
            Unsettled.Remove();
        }
    }

    private static DeliveryOutcome Judge(int? status, bool isRetry) => status switch
    {
        200 or 204 => DeliveryOutcome.Delivered,
        >= 200 and < 300 when isRetry => DeliveryOutcome.Delivered,
        null or >= 500 => DeliveryOutcome.Failed,
        _ => DeliveryOutcome.Rejected,
    };

    private void QueueLater(QueuedDelivery delivery)
    {
        var timer = _options.Clock.CreateTimer(_ => QueueDue(delivery), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // Held here, or the collector would take the timer and the retry with it.
        lock (_gate)
        {
            _waiting.Add(timer);
        }

        timer.Change(Ladder[delivery.Tries - 1] * _options.RetryScale, Timeout.InfiniteTimeSpan);
    }
}
