namespace SessionGuard.Platform.Mail;

/// <summary>What mails of one kind are for, declared by the feature that writes them.</summary>
/// <remarks>Public like <see cref="Letter"/>. Only <see cref="Declare"/> makes one, so that every word that is stored can be found.</remarks>
public sealed record MailPurpose
{
    private MailPurpose(string word, string undelivered)
    {
        Word = word;
        Undelivered = undelivered;
    }

    /// <summary>As it is stored, logged and counted, such as <c>sign-in</c>; never anything of a mail's content.</summary>
    public string Word { get; }

    /// <summary>What the office reads of a mail that did not arrive: a heading that says who was not told of what.</summary>
    public string Undelivered { get; }

    public static MailPurpose Declare(string word, string undelivered) => new(word, undelivered);
}
