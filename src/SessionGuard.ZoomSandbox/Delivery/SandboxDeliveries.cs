using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SessionGuard.ZoomSandbox.Delivery;

namespace SessionGuard.ZoomSandbox;

/// <summary>The events on their way to the receiver: what was raised, what was tried, and ways to make the road rough.</summary>
public sealed class SandboxDeliveries : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<RaisedEvent> _raised = [];
    private readonly List<DeliveryAttempt> _log = [];
    private readonly List<QueuedDelivery> _held = [];
    private readonly DeliveryPump _pump;
    private readonly UrlValidation _validation;
    private readonly WebhookCaller _caller;
    private readonly SandboxOptions _options;
    private Uri? _url;
    private bool _holding;
    private int _extraCopies;
    private int _turn;
    private int _disposed;
    private (int Count, string? Name) _dropping;

    internal SandboxDeliveries(SandboxOptions options)
    {
        _options = options;
        _caller = new WebhookCaller(options);
        _validation = new UrlValidation(options, _caller);
        _pump = new DeliveryPump(options, _caller, () => _validation.SubscriptionEnabled ? _url : null) { Attempted = Record };
    }

    /// <summary>Write every non-ASCII character as <c>\uXXXX</c>; otherwise it travels as raw UTF-8.</summary>
    public bool EscapeNonAscii { get; set; }

    /// <summary>Whether a retry keeps the first try's timestamp and signature. Zoom does not say which it does.</summary>
    public bool SameTimestampOnRetry
    {
        get => _pump.SameTimestampOnRetry;
        set => _pump.SameTimestampOnRetry = value;
    }

    /// <summary>False after six failed URL validations in a row: events are then lost.</summary>
    public bool SubscriptionEnabled => _validation.SubscriptionEnabled;

    /// <summary>What Zoom would have mailed to the account's owner about failed validations.</summary>
    public IReadOnlyList<string> OwnerNotices => _validation.Notices;

    /// <summary>Every event raised so far, in order, also without a receiver.</summary>
    public IReadOnlyList<RaisedEvent> Raised
    {
        get
        {
            lock (_gate)
            {
                return [.. _raised];
            }
        }
    }

    /// <summary>Every try that has ended, in order.</summary>
    public IReadOnlyList<DeliveryAttempt> Log
    {
        get
        {
            lock (_gate)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>Keep back what is raised from now on.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            _holding = true;
        }
    }

    /// <summary>Send what was held back, in the order in which it happened, and hold no more.</summary>
    public void Release() => Release(held => held);

    /// <summary>Send what was held back, latest first.</summary>
    public void ReleaseReversed() => Release(held => held.Reverse());

    /// <summary>Send what was held back in an order that depends on <paramref name="seed"/> alone.</summary>
    public void ReleaseShuffled(int seed) => Release(held => held.Select((delivery, index) => (delivery, index))
        .OrderBy(d => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes($"{seed}:{d.index}"))), StringComparer.Ordinal)
        .Select(d => d.delivery));

    /// <summary>Send everything that is raised from now on this many times more; 0 ends it.</summary>
    public void Duplicate(int extraCopies)
    {
        lock (_gate)
        {
            _extraCopies = extraCopies;
        }
    }

    /// <summary>Never send the next events, of one name or of any.</summary>
    public void Drop(int count, string? eventName = null)
    {
        lock (_gate)
        {
            _dropping = (count, eventName);
        }
    }

    /// <summary>Send the latest event of this name once more, byte for byte, as Zoom does when an answer came too late.</summary>
    public void Repeat(string eventName)
    {
        lock (_gate)
        {
            var last = _raised.FindLast(r => r.Name == eventName) ?? throw new ArgumentException($"No {eventName} was raised.", nameof(eventName));
            _pump.Queue(new QueuedDelivery(last));
        }
    }

    /// <summary>Waits until nothing is queued or under way. What waits for a later retry is not due yet; see <see cref="SettleAsync"/>.</summary>
    public Task DrainAsync(CancellationToken cancellation) => _pump.Due.WhenNoneAsync(cancellation);

    /// <summary>Waits until every delivery has been answered for good or given up, retries included.</summary>
    public Task SettleAsync(CancellationToken cancellation) => _pump.Unsettled.WhenNoneAsync(cancellation);

    /// <summary>Challenges the receiver now; true when it answered rightly. False without a receiver.</summary>
    public async Task<bool> SendUrlValidationAsync() => _url is { } url && await _validation.ChallengeAsync(url);

    /// <summary>What a person does in the portal after Zoom switched the subscription off.</summary>
    public void EnableSubscription() => _validation.Enable();

    /// <summary>Done by the server when it is disposed. What has not been delivered then is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        _validation.Dispose();
        await _pump.DisposeAsync();
        _caller.Dispose();
    }

    internal void Subscribe(Uri? url)
    {
        _url = url;
        if (url is null || !_options.ValidateWebhookUrl)
        {
            return;
        }

        _validation.Repeat(() => _ = ChallengeInBackgroundAsync());
        _ = ChallengeInBackgroundAsync();
    }

    internal void Accept(string name, JsonObject body)
    {
        lock (_gate)
        {
            var raised = new RaisedEvent(name, EventJson.Write(KeyOrder.Turned(body, _turn++), EscapeNonAscii));
            _raised.Add(raised);
            if (_dropping.Count > 0 && (_dropping.Name is null || _dropping.Name == name))
            {
                _dropping.Count--;
                return;
            }

            for (var copy = 0; copy <= _extraCopies; copy++)
            {
                Send(new QueuedDelivery(raised));
            }
        }
    }

    private async Task ChallengeInBackgroundAsync()
    {
        _pump.Due.Add();
        try
        {
            await SendUrlValidationAsync();
        }
        catch (OperationCanceledException)
        {
            // The sandbox is closing.
        }
        finally
        {
            _pump.Due.Remove();
        }
    }

    private void Release(Func<IEnumerable<QueuedDelivery>, IEnumerable<QueuedDelivery>> order)
    {
        lock (_gate)
        {
            _holding = false;
            foreach (var delivery in order([.. _held]))
            {
                _pump.Queue(delivery);
            }

            _held.Clear();
        }
    }

    private void Send(QueuedDelivery delivery)
    {
        if (_holding)
        {
            _held.Add(delivery);
        }
        else
        {
            _pump.Queue(delivery);
        }
    }

    private void Record(DeliveryAttempt attempt)
    {
        lock (_gate)
        {
            _log.Add(attempt);
        }
    }
}
