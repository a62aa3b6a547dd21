using System.Text.Json;
using System.Text.RegularExpressions;
using SessionGuard.Zoom.Client.Wire;

namespace SessionGuard.Zoom.Client;

/// <summary>What an HTTP answer other than success means.</summary>
internal static partial class ZoomFaults
{
    /// <summary>"Invalid or expired access token": the one refusal that a new token may cure.</summary>
    public const int TokenExpired = 124;

    /// <param name="body">Zoom's error object, or null when the answer was not JSON.</param>
    public static ZoomFault Read(int status, byte[]? body, DateTimeOffset? retryAt)
    {
        var error = Error(body);
        var failure = Classify(status, error?.Code);
        var said = error?.Code is { } code ? $"Zoom answered {status}, code {code}" : $"Zoom answered {status}";
        return new ZoomFault(failure, said + Particulars(failure, error) + ".")
        {
            Status = status,
            Code = error?.Code,
            RetryAt = failure is ZoomFailure.RateLimited or ZoomFailure.Unavailable ? retryAt : null,
        };
    }

    private static ZoomFailure Classify(int status, int? code) => (status, code) switch
    {
        (429, _) => ZoomFailure.RateLimited,
        (404, _) or ( < 500, 1001 or 1010 or 3001) => ZoomFailure.NotFound, // no such user; not in this account; no such meeting
        (401 or 403, _) => ZoomFailure.Refused,
        (400, 200 or 3161 or 4700 or 4711) => ZoomFailure.Refused, // paid plan only; may not host; scopes are missing
        (408 or < 400 or >= 500, _) => ZoomFailure.Unavailable, // 3xx too: we follow nobody elsewhere
        _ => ZoomFailure.Invalid,
    };

    private static string Particulars(ZoomFailure failure, ErrorWire? error)
    {
        if (failure is ZoomFailure.Refused && error?.Message is { } message && Scope().Matches(message) is { Count: > 0 } scopes)
        {
            return ": the app lacks the scope " + string.Join(", ", scopes.Take(5));
        }

        var fields = (error?.Errors ?? []).Select(e => e.Field).OfType<string>().Where(f => Field().IsMatch(f)).Take(5);
        return string.Join(", ", fields) is { Length: > 0 } names ? ": " + names : "";
    }

    private static ErrorWire? Error(byte[]? body)
    {
        try
        {
            return body is { Length: > 0 } ? JsonSerializer.Deserialize(body, ZoomJson.Default.ErrorWire) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A scope such as <c>meeting:read:meeting:admin</c>: the one part of a message that is worth repeating and names nobody.</summary>
    [GeneratedRegex("[a-z_]{1,40}:(?:read|write|update|delete):[a-z_]{1,60}(?::(?:admin|master))?")]
    private static partial Regex Scope();

    [GeneratedRegex("^[a-z_.]{1,80}$")]
    private static partial Regex Field();
}
