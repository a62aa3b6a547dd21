using System.ComponentModel.DataAnnotations;

namespace SessionGuard.Platform.Http;

/// <summary>What stands between the service and those who open its pages; bound to <c>Web</c>.</summary>
internal sealed class WebOptions : IValidatableObject
{
    /// <summary>
    /// Our own reverse proxies: addresses and networks, separated by commas, such as <c>10.0.0.2, 192.168.7.0/24</c>. What they say of a request's
    /// origin is believed, and what anybody else says is not. Default: none.
    /// </summary>
    public string KnownProxies { get; init; } = "";

    /// <summary>
    /// Names that pages answer to besides that of <c>PublicUrl</c> and this machine's own, separated by commas; <c>*</c> for any.
    /// Default: none.
    /// </summary>
    public string OtherHosts { get; init; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ReverseProxies.Read(KnownProxies) is null)
        {
            yield return new ValidationResult(
                "Web:KnownProxies is not a list of addresses and networks, such as 10.0.0.2, 192.168.7.0/24.", [nameof(KnownProxies)]);
        }
    }

    public static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
