using System.ComponentModel.DataAnnotations;
using System.Text;

namespace SessionGuard.School.Staff;

/// <summary>Whose bearer tokens the API takes: our own, and those of the school's identity provider when one is named.</summary>
internal sealed class JwtOptions : IValidatableObject
{
    private const int SmallestKeyBytes = 32;

    /// <summary>The identity provider's address, such as <c>https://login.example.org/</c>. Empty: only our own tokens.</summary>
    public string Authority { get; init; } = "";

    /// <summary>What a token must be made out to. Default <c>sessionguard</c>.</summary>
    [Required]
    public string Audience { get; init; } = "sessionguard";

    /// <summary>The key of our own tokens (HS256), at least 32 bytes. Empty: one derived from the master key.</summary>
    public string SigningKey { get; init; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SigningKey.Length > 0 && Encoding.UTF8.GetByteCount(SigningKey) < SmallestKeyBytes)
        {
            yield return new ValidationResult($"Authentication:Jwt:SigningKey is shorter than {SmallestKeyBytes} bytes: leave it empty or make it longer.", [nameof(SigningKey)]);
        }
    }
}
