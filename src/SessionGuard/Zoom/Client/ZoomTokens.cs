using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Zoom.Client.Wire;

namespace SessionGuard.Zoom.Client;

/// <summary>
/// One organisation's Server-to-Server OAuth token, shared by all its calls. Whoever finds none starts the one request that
/// everybody then waits for: Zoom has been seen to cancel a token when it gives the next.
/// </summary>
internal sealed partial class ZoomTokens(
    KnownOrganisation school, ZoomCredentials credentials, ZoomHttp http, ZoomFigures figures, ZoomOptions options, TimeProvider clock, ILogger logger)
{
    private const string CredentialsRefused = "Zoom does not accept the app's credentials, or the app is switched off.";

    private static readonly TimeSpan RenewedEarly = TimeSpan.FromMinutes(1);

    /// <summary>Wrong credentials stay wrong for a while; asking at every call would only annoy Zoom.</summary>
    private static readonly TimeSpan RefusalKept = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private ZoomAnswer<ZoomToken>? _last;
    private DateTimeOffset _lastUntil;
    private Task<ZoomAnswer<ZoomToken>>? _request;

    /// <param name="rejected">A token that Zoom no longer takes; null when none is known to be bad.</param>
    /// <param name="cancellation">Ends this caller's wait. The request goes on for the others.</param>
    public Task<ZoomAnswer<ZoomToken>> GetAsync(ZoomToken? rejected, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_last is { } last && clock.GetUtcNow() < _lastUntil && (rejected is null || !ReferenceEquals(last.Value, rejected)))
            {
                return Task.FromResult(last);
            }

            _request ??= Task.Run(RequestAsync, CancellationToken.None);
            return _request.WaitAsync(cancellation);
        }
    }

    private async Task<ZoomAnswer<ZoomToken>> RequestAsync()
    {
        ZoomAnswer<ZoomToken>? answer = null;
        var keptFor = TimeSpan.Zero;
        try
        {
            (answer, keptFor) = await AskAsync();
            Log(answer);
            return answer;
        }
        finally
        {
            lock (_lock)
            {
                _last = answer;
                _lastUntil = clock.GetUtcNow() + keptFor;
                _request = null;
            }
        }
    }

    private async Task<(ZoomAnswer<ZoomToken> Answer, TimeSpan KeptFor)> AskAsync()
    {
        using var deadline = new CancellationTokenSource(options.AttemptTimeout, clock);
        using var request = Request();
        try
        {
            var answer = await http.SendAsync(request, deadline.Token);
            return answer.Value is { } body ? Read(body) : Refusal(answer.Fault!);
        }
        catch (OperationCanceledException)
        {
            return (new ZoomFault(ZoomFailure.Unavailable, "Zoom gave no token in time."), TimeSpan.Zero);
        }
    }

    private HttpRequestMessage Request()
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.ClientId}:{credentials.ClientSecret}"));
        return new HttpRequestMessage(HttpMethod.Post, options.TokenUrl)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", basic) },
            Content = new FormUrlEncodedContent([new("grant_type", "account_credentials"), new("account_id", credentials.AccountId)]),
        };
    }

    private (ZoomAnswer<ZoomToken> Answer, TimeSpan KeptFor) Read(byte[] body)
    {
        try
        {
            var wire = JsonSerializer.Deserialize(body, ZoomJson.Default.TokenWire) ?? throw new JsonException("No object.");
            var life = TimeSpan.FromSeconds(Math.Clamp(wire.ExpiresIn, 0, (long)TimeSpan.FromDays(1).TotalSeconds));
            var early = life > 2 * RenewedEarly ? RenewedEarly : life / 2;
            var scopes = (wire.Scope ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
            return (new ZoomToken(new Secret(wire.AccessToken), clock.GetUtcNow(), scopes), life - early);
        }
        catch (JsonException)
        {
            return (new ZoomFault(ZoomFailure.Unavailable, "Zoom's token answer could not be read."), TimeSpan.Zero);
        }
    }

    /// <summary>The token endpoint answers 400 and 401 alike for an account id, client id or secret that it does not know.</summary>
    private static (ZoomAnswer<ZoomToken> Answer, TimeSpan KeptFor) Refusal(ZoomFault fault) =>
        fault.Failure is ZoomFailure.RateLimited or ZoomFailure.Unavailable
            ? (fault, TimeSpan.Zero)
            : (fault with { Failure = ZoomFailure.Refused, Detail = CredentialsRefused }, RefusalKept);

    private void Log(ZoomAnswer<ZoomToken> answer)
    {
        figures.CountToken(answer.Fault);
        if (answer.Fault is { } fault)
        {
            LogRefused(logger, school.Slug, fault.Failure, fault.Status, fault.Code);
        }
        else
        {
            LogRenewed(logger, school.Slug);
        }
    }

    [LoggerMessage(EventId = 310, Level = LogLevel.Debug, Message = "Zoom gave {Organisation} a new token.")]
    private static partial void LogRenewed(ILogger logger, string organisation);

    [LoggerMessage(EventId = 311, Level = LogLevel.Warning,
        Message = "Zoom gave {Organisation} no token: {Failure}, status {Status}, code {Code}.")]
    private static partial void LogRefused(ILogger logger, string organisation, ZoomFailure failure, int? status, int? code);
}
