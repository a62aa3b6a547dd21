using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using Polly.Timeout;
using SessionGuard.Platform.RestoreHold;
using SessionGuard.Platform.Tenancy;

namespace SessionGuard.Zoom.Client;

/// <summary>Carries a call to Zoom and its body back: the gate, token, budget, holds, retries and deadlines are all in here.</summary>
internal sealed partial class ZoomCalls(
    ZoomLines lines, ZoomHttp http, ZoomBudget budget, RestoreHoldGate gate, IOptions<ZoomOptions> options, TimeProvider clock,
    ILogger<ZoomCalls> logger)
{
    /// <summary>A token older than this may lack a scope that the app has been given since.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(1);

    private static readonly ZoomFault Held = new(ZoomFailure.Held, RestoreHoldGate.HeldSentence);

    private readonly Uri _base = new(options.Value.ApiBaseUrl.AbsoluteUri.TrimEnd('/') + "/");

    /// <returns>The JSON body, empty for an answer without one.</returns>
    public async Task<ZoomAnswer<byte[]>> SendAsync(KnownOrganisation school, ZoomCall call, CancellationToken cancellation)
    {
        using var span = ZoomFigures.Begin(call, school.Id);
        var answer = await CarryAsync(school, call, cancellation);
        ZoomFigures.End(span, answer.Fault);
        return answer;
    }

    /// <summary>The scopes of the organisation's token; asks for a token if there is none.</summary>
    public async Task<ZoomAnswer<IReadOnlySet<string>>> ScopesAsync(KnownOrganisation school, CancellationToken cancellation)
    {
        if (school.Zoom is not { } credentials)
        {
            return new ZoomFault(ZoomFailure.NotConnected, "The school's Zoom account is not connected yet.");
        }

        if (await gate.IsHeldAsync(cancellation))
        {
            return Held;
        }

        var answer = await lines.For(school, credentials).Tokens.GetAsync(rejected: null, cancellation);
        return answer.Value is { } token ? ZoomAnswer<IReadOnlySet<string>>.FromValue(token.Scopes) : answer.Fault!;
    }

    private async Task<ZoomAnswer<byte[]>> CarryAsync(KnownOrganisation school, ZoomCall call, CancellationToken cancellation)
    {
        if (school.Zoom is not { } credentials)
        {
            return new ZoomFault(ZoomFailure.NotConnected, "The school's Zoom account is not connected yet.");
        }

        if (await gate.IsHeldAsync(cancellation))
        {
            return Held;
        }

        var line = lines.For(school, credentials);
        var attempt = 0;
        try
        {
            return await line.PipelineFor(call).ExecuteAsync(
                async token => await AttemptAsync(school, line, call, ++attempt, token), cancellation);
        }
        catch (TimeoutRejectedException)
        {
            LogGivenUp(call.Method, call.Route, school.Slug, attempt);
            return new ZoomFault(ZoomFailure.Unavailable, "Zoom did not answer in time.");
        }
        catch (BrokenCircuitException e)
        {
            return new ZoomFault(ZoomFailure.Unavailable, "Zoom kept failing, and is left alone for a moment.")
            {
                IsUnsent = attempt == 0,
                RetryAt = e.RetryAfter is { } pause ? clock.GetUtcNow() + pause : null,
            };
        }
    }

    private async Task<ZoomAnswer<byte[]>> AttemptAsync(
        KnownOrganisation school, ZoomLine line, ZoomCall call, int attempt, CancellationToken cancellation)
    {
        if (line.Held(clock.GetUtcNow()) is { } heldUntil)
        {
            return new ZoomFault(ZoomFailure.RateLimited, "Zoom asked for a pause.") { RetryAt = heldUntil };
        }

        var started = clock.GetTimestamp();
        var answer = await SendWithTokenAsync(school, line, call, cancellation);
        if (answer.Fault?.RetryAt is { } retryAt)
        {
            line.HoldUntil(retryAt);
        }

        Log(school, call, attempt, answer.Fault, clock.GetElapsedTime(started));
        return answer;
    }

    private async Task<ZoomAnswer<byte[]>> SendWithTokenAsync(
        KnownOrganisation school, ZoomLine line, ZoomCall call, CancellationToken cancellation)
    {
        var given = await line.Tokens.GetAsync(rejected: null, cancellation);
        if (given.Value is not { } token)
        {
            return given.Fault!;
        }

        // Each request that leaves counts at Zoom, a repeated one too: each is paid for just before it leaves.
        if (call.Claim is { } claim && !await budget.TrySpendAsync(school.Id, claim, cancellation))
        {
            return new ZoomFault(ZoomFailure.BudgetSpent, "The host's changes for today are used up, or kept for what is urgent.");
        }

        var answer = await SendAsync(call, token, cancellation);
        if (answer.Fault is not { Status: 401 } refused || !MayBeStale(token, refused))
        {
            return answer;
        }

        var renewed = await line.Tokens.GetAsync(rejected: token, cancellation);
        return renewed.Value is { } fresh ? await SendAsync(call, fresh, cancellation) : renewed.Fault!;
    }

    private bool MayBeStale(ZoomToken token, ZoomFault refused) =>
        refused.Code is ZoomFaults.TokenExpired || clock.GetUtcNow() - token.IssuedAt > Young;

    private async Task<ZoomAnswer<byte[]>> SendAsync(ZoomCall call, ZoomToken token, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(call.Method, new Uri(_base, call.Path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value.Reveal());
        if (call.Body is { } body)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        return await http.SendAsync(request, cancellation);
    }

    private void Log(KnownOrganisation school, ZoomCall call, int attempt, ZoomFault? fault, TimeSpan took)
    {
        if (fault is null)
        {
            LogAnswered(call.Method, call.Route, school.Slug, attempt, took.TotalMilliseconds);
        }
        else
        {
            LogFailed(call.Method, call.Route, school.Slug, fault.Failure, fault.Status, fault.Code, attempt, took.TotalMilliseconds);
        }
    }

    [LoggerMessage(EventId = 300, Level = LogLevel.Debug,
        Message = "Zoom answered {Method} {Route} of {Organisation}, attempt {Attempt}, in {Milliseconds} ms.")]
    private partial void LogAnswered(HttpMethod method, string route, string organisation, int attempt, double milliseconds);

    [LoggerMessage(EventId = 301, Level = LogLevel.Warning,
        Message = "Zoom failed {Method} {Route} of {Organisation}: {Failure}, status {Status}, code {Code}, attempt {Attempt}, {Milliseconds} ms.")]
    private partial void LogFailed(
        HttpMethod method, string route, string organisation, ZoomFailure failure, int? status, int? code, int attempt, double milliseconds);

    [LoggerMessage(EventId = 302, Level = LogLevel.Warning,
        Message = "Gave up {Method} {Route} of {Organisation}: no answer in time, {Attempts} attempts.")]
    private partial void LogGivenUp(HttpMethod method, string route, string organisation, int attempts);
}
