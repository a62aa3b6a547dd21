using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SessionGuard.ZoomSandbox.Api;

/// <summary>Gives out access tokens for account credentials and knows which still hold.</summary>
internal sealed class TokenDesk(SandboxOptions options, Func<Uri> address)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _expiries = [];
    private readonly HashSet<string> _scopes = [.. Scopes.All];

    /// <summary>Takes the fields from a form body or the query string.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : null;
        string? Field(string name) => (string?)form?[name] is { Length: > 0 } value ? value : context.Request.Query[name];

        var answer = !IsOurClient(context.Request.Headers.Authorization) ? Error(401, "invalid_client", "Invalid client_id or client_secret")
            : Field("grant_type") != "account_credentials" ? Error(400, "unsupported_grant_type", "unsupported grant type")
            : Field("account_id") != options.AccountId ? Error(400, "invalid_request", "Bad Request")
            : ApiAnswer.Ok(Issue());
        await answer.WriteAsync(context.Response);
    }

    public void Check(string? authorization, string scope)
    {
        const string Bearer = "Bearer ";
        lock (_gate)
        {
            if (authorization is null || !authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
                || !_expiries.TryGetValue(authorization[Bearer.Length..], out var expiry))
            {
                throw new ZoomRefusal(401, ZoomRefusal.BadToken, "Invalid access token.");
            }

            if (options.Clock.GetUtcNow() >= expiry)
            {
                throw new ZoomRefusal(401, ZoomRefusal.BadToken, "Access token is expired.");
            }

            if (!_scopes.Contains(scope))
            {
                throw new ZoomRefusal(401, 4700, $"Invalid access token, does not contain scopes:[{scope}].");
            }
        }
    }

    public void RevokeAll()
    {
        lock (_gate)
        {
            _expiries.Clear();
        }
    }

    public void SetScope(string scope, bool granted)
    {
        lock (_gate)
        {
            _ = granted ? _scopes.Add(scope) : _scopes.Remove(scope);
        }
    }

    private JsonObject Issue()
    {
        var token = $"{ZoomIds.Token(24)}.{ZoomIds.Token(96)}.{ZoomIds.Token(64)}";
        lock (_gate)
        {
            if (options.NewTokenKillsOld)
            {
                _expiries.Clear();
            }

            _expiries[token] = options.Clock.GetUtcNow() + options.TokenLifetime;
            return new JsonObject
            {
                ["access_token"] = token,
                ["token_type"] = "bearer",
                ["expires_in"] = (int)options.TokenLifetime.TotalSeconds,
                ["scope"] = string.Join(' ', _scopes.Order(StringComparer.Ordinal)),
                ["api_url"] = address().GetLeftPart(UriPartial.Authority),
            };
        }
    }

    private bool IsOurClient(string? authorization)
    {
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.ClientId}:{options.ClientSecret}"));
        return string.Equals(authorization, expected, StringComparison.Ordinal);
    }

    private static ApiAnswer Error(int status, string error, string reason) => new(status, new JsonObject { ["reason"] = reason, ["error"] = error });
}
