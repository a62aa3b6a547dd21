using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SessionGuard.Platform.Mail;

internal enum MailOutcome
{
    Sent,

    /// <summary>Refused for now, and tried again later.</summary>
    PutOff,

    /// <summary>Refused for good, or for too long.</summary>
    GivenUp,
}

/// <summary>How tries to send mail end, as a metric and as spans; by what a mail is for, never to whom it goes.</summary>
internal sealed class MailCounts(IMeterFactory meters)
{
    public const string Name = "SessionGuard.Mail";

    private static readonly ActivitySource Source = new(Name);

    private readonly Counter<long> _tries = meters.Create(Name)
        .CreateCounter<long>("sessionguard.mail.tries", "{mail}", "Tries to send a mail, by how they ended.");

    /// <summary>Null while nobody listens.</summary>
    public static Activity? Begin(OutboxMessage message) =>
        Source.StartActivity("SendMail", ActivityKind.Client)?.SetTag("sessionguard.mail", message.Id).SetTag("sessionguard.purpose", message.Purpose);

    public void Count(Activity? span, MailOutcome outcome)
    {
        _tries.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString()));
        if (outcome is not MailOutcome.Sent)
        {
            span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", outcome.ToString());
        }
    }
}
