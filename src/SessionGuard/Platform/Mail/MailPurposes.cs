namespace SessionGuard.Platform.Mail;

/// <summary>Every purpose that a feature has declared.</summary>
internal sealed class MailPurposes(IEnumerable<MailPurpose> declared)
{
    /// <summary>Of a mail whose purpose this version does not have: another one wrote it.</summary>
    public const string OfAnotherVersion = "A mail did not arrive";

    private readonly Dictionary<string, MailPurpose> _byWord = declared.ToDictionary(p => p.Word);

    /// <param name="word">As it is stored with the mail.</param>
    public string DescribeUndelivered(string word) => _byWord.TryGetValue(word, out var purpose) ? purpose.Undelivered : OfAnotherVersion;
}

internal static class MailPurposeServices
{
    /// <summary>Says which kinds of mail a feature writes.</summary>
    public static void AddMailPurposes(this IServiceCollection services, params IReadOnlyList<MailPurpose> purposes)
    {
        foreach (var purpose in purposes)
        {
            services.AddSingleton(purpose);
        }
    }
}
