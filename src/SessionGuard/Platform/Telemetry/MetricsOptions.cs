using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;

namespace SessionGuard.Platform.Telemetry;

/// <summary>Who reads <c>/metrics</c>; bound to <c>Metrics</c>.</summary>
internal sealed class MetricsOptions : IValidatableObject
{
    private const int ShortestToken = 16;

    /// <summary>The bearer token that a reader must show, at least 16 characters. Default: none, and anybody who gets there may read.</summary>
    public string Token { get; init; } = "";

    public bool Admits(string? authorization) =>
        Token.Length == 0
        || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(authorization ?? ""), Encoding.UTF8.GetBytes($"Bearer {Token}"));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Token.Length is > 0 and < ShortestToken)
        {
            yield return new ValidationResult($"Metrics:Token is shorter than {ShortestToken} characters: leave it empty or make it longer.", [nameof(Token)]);
        }
    }
}
