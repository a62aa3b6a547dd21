using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Retention;

namespace SessionGuard.School.Staff;

internal sealed class SignInRetentionOptions
{
    /// <summary>Sign-in links, from the end of their validity. 1 day to 100 years; default 7 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", KeepFor.AtMost)]
    public TimeSpan SignInLinks { get; init; } = TimeSpan.FromDays(7);
}

internal sealed class SignInExpiries(IOptions<SignInRetentionOptions> keep) : IExpirySource
{
    public IEnumerable<Expiry> Expiries { get; } =
    [
        new Expiry<SignInLink>(
            "sign-in links", ExpiryStage.Passing, 300, keep.Value.SignInLinks, shelf => shelf.Rows<SignInLink>().Where(l => l.ExpiresAt < shelf.Before)),
    ];
}
