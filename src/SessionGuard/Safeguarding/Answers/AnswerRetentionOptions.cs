using System.ComponentModel.DataAnnotations;
using SessionGuard.Platform.Retention;

namespace SessionGuard.Safeguarding.Answers;

internal sealed class AnswerRetentionOptions
{
    /// <summary>What families answered, their check-ins, what teachers attested, who was asked, from the end of the class. 90 days to 100 years; default 1 year.</summary>
    [Range(typeof(TimeSpan), "90.00:00:00", KeepFor.AtMost)]
    public TimeSpan Answers { get; init; } = TimeSpan.FromDays(366);
}
