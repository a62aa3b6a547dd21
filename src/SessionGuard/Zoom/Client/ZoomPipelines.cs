using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Zoom.Client;

/// <summary>
/// The deadlines, retries and circuit of one organisation's calls, outermost first: total deadline, retry, circuit, deadline of a try.
/// </summary>
internal sealed partial class ZoomPipelines
{
    private const int Retries = 2;

    /// <summary>How long a call itself waits for Zoom. For longer it hands <see cref="ZoomFault.RetryAt"/> to its caller.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly string _organisation;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;

    public ZoomPipelines(KnownOrganisation school, ZoomOptions options, TimeProvider clock, ILogger logger)
    {
        _organisation = school.Slug;
        _clock = clock;
        _logger = logger;
        var attempt = Builder().AddCircuitBreaker(Circuit()).AddTimeout(options.AttemptTimeout).Build();
        Once = Builder().AddTimeout(options.TotalTimeout).AddPipeline(attempt).Build();
        Repeated = Builder().AddTimeout(options.TotalTimeout).AddRetry(Retry()).AddPipeline(attempt).Build();
    }

    /// <summary>For a call that would happen twice if it were sent twice.</summary>
    public ResiliencePipeline<ZoomAnswer<byte[]>> Once { get; }

    public ResiliencePipeline<ZoomAnswer<byte[]>> Repeated { get; }

    private ResiliencePipelineBuilder<ZoomAnswer<byte[]>> Builder() => new() { TimeProvider = _clock };

    private RetryStrategyOptions<ZoomAnswer<byte[]>> Retry() => new()
    {
        ShouldHandle = args => ValueTask.FromResult(
            args.Outcome.Exception is TimeoutRejectedException || (args.Outcome.Result?.Fault is { } fault && IsWorthAnother(fault))),
        MaxRetryAttempts = Retries,
        Delay = TimeSpan.FromMilliseconds(500),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        DelayGenerator = args => ValueTask.FromResult(Wait(args.Outcome.Result?.Fault?.RetryAt)),
    };

    private bool IsWorthAnother(ZoomFault fault) =>
        fault.Failure is ZoomFailure.RateLimited or ZoomFailure.Unavailable
        && (fault.RetryAt is not { } instant || instant - _clock.GetUtcNow() <= Patience);

    /// <summary>Null: the exponential delay. The margin is for timers, which may fire a moment early.</summary>
    private TimeSpan? Wait(DateTimeOffset? retryAt) =>
        retryAt is { } instant ? Later(instant - _clock.GetUtcNow(), TimeSpan.Zero) + TimeSpan.FromMilliseconds(50) : null;

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private CircuitBreakerStrategyOptions<ZoomAnswer<byte[]>> Circuit() => new()
    {
        ShouldHandle = args => ValueTask.FromResult(
            args.Outcome.Exception is TimeoutRejectedException || args.Outcome.Result?.Failure is ZoomFailure.Unavailable),
        FailureRatio = 0.5,
        MinimumThroughput = 10,
        SamplingDuration = TimeSpan.FromSeconds(30),
        BreakDuration = TimeSpan.FromSeconds(15),
        OnOpened = args =>
        {
            LogOpened(_logger, _organisation, args.BreakDuration);
            return default;
        },
        OnClosed = _ =>
        {
            LogClosed(_logger, _organisation);
            return default;
        },
    };

    [LoggerMessage(EventId = 320, Level = LogLevel.Warning, Message = "Zoom keeps failing for {Organisation}: no calls for {Pause}.")]
    private static partial void LogOpened(ILogger logger, string organisation, TimeSpan pause);

    [LoggerMessage(EventId = 321, Level = LogLevel.Information, Message = "Zoom answers {Organisation} again.")]
    private static partial void LogClosed(ILogger logger, string organisation);
}
