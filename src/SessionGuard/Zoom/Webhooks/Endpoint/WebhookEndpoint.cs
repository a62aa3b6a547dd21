using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Zoom.Client;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Zoom.Webhooks.Endpoint;

/// <summary>
/// <c>POST /webhooks/zoom/{organisation}</c>: verify, store, answer, and nothing else. Zoom waits 3 seconds; every answer is out before.
/// </summary>
/// <remarks>Needs no database to judge a request, so that a challenge is answered and a forgery refused while it is down.</remarks>
internal sealed partial class WebhookEndpoint(
    OrganisationDirectory directory,
    BodyReader bodies,
    InboxWriter inbox,
    Quarantine quarantine,
    WebhookMetrics metrics,
    ArrivalIds ids,
    IOptions<ZoomOptions> options,
    TimeProvider clock,
    ILogger<WebhookEndpoint> logger)
{
    public const string RouteParameter = "organisation";

    /// <summary>From the request's head to its answer; what is left of Zoom's 3 seconds is the network's.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2.25);

    private static readonly TimeSpan ClocksMayDifferBy = TimeSpan.FromMinutes(5);

    public async Task HandleAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = ReceivedBody.MaxBytes;
        }

        var answer = await ReceiveAsync(context);
        metrics.Count(answer);
        if (context.Response.HasStarted)
        {
            return; // the answer to a challenge
        }

        var response = context.Response;
        response.StatusCode = (int)answer;
        response.ContentLength = 0;
        if (answer is WebhookAnswer.TryAgain)
        {
            response.Headers.RetryAfter = "5";
        }
        else if (answer is WebhookAnswer.WrongMethod)
        {
            response.Headers.Allow = HttpMethods.Post;
        }
    }

    private async Task<WebhookAnswer> ReceiveAsync(HttpContext context)
    {
        var started = clock.GetTimestamp();
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            return WebhookAnswer.WrongMethod;
        }

        if (context.Request.RouteValues[RouteParameter] is not string slug || directory.BySlug(slug) is not { } organisation)
        {
            return WebhookAnswer.UnknownOrganisation;
        }

        if (context.Request.ContentLength > ReceivedBody.MaxBytes)
        {
            return WebhookAnswer.TooLarge;
        }

        if (organisation.Zoom is not { } zoom || SignatureHeaders.Read(context.Request.Headers) is not { } signature)
        {
            return WebhookAnswer.Refused;
        }

        using var body = await bodies.ReadAsync(context.Request, Deadline);
        if (body.Fault is not BodyFault.None)
        {
            return body.Fault is BodyFault.TooLarge ? WebhookAnswer.TooLarge : WebhookAnswer.TryAgain;
        }

        return await JudgeAsync(context.Response, organisation.Id, zoom, signature, body, within: Deadline - clock.GetElapsedTime(started));
    }

    private async Task<WebhookAnswer> JudgeAsync(
        HttpResponse response, Guid organisationId, ZoomCredentials zoom, SignatureHeaders signature, ReceivedBody body, TimeSpan within)
    {
        if (signature.SecretThatSigned(body.Signed, zoom.WebhookSecrets) is not { } secret)
        {
            return WebhookAnswer.Refused;
        }

        var envelope = Envelope.Read(body.Bytes, zoom.AccountId);
        if (IsAboutAnotherAccount(envelope))
        {
            LogAnotherAccount(organisationId);
            return WebhookAnswer.Refused;
        }

        var inTime = IsInTime(signature.SentAt);
        if (envelope.Event == UrlValidation.Event)
        {
            return inTime ? await ProveAsync(response, envelope.PlainToken, secret) : WebhookAnswer.Refused;
        }

        var message = Message(organisationId, body.Bytes, envelope, inTime);
        if (inTime)
        {
            return await inbox.TryStoreAsync(message, within) ? WebhookAnswer.Stored : WebhookAnswer.TryAgain;
        }

        if (quarantine.TryTakePlace(message) && await inbox.TryStoreAsync(message, within))
        {
            LogStale(organisationId, message.Id);
        }

        return WebhookAnswer.Refused;
    }

    /// <summary>A secret speaks for one account only. A survey's answer may come from a guest's account, and names that one.</summary>
    private static bool IsAboutAnotherAccount(Envelope envelope) =>
        envelope.NamesAnotherAccount && envelope.Event != "meeting.participant_feedback";

    private static async Task<WebhookAnswer> ProveAsync(HttpResponse response, string? plainToken, byte[] secret)
    {
        if (UrlValidation.Answer(plainToken, secret) is not { } proof)
        {
            return WebhookAnswer.BadChallenge;
        }

        response.ContentType = "application/json";
        response.ContentLength = proof.Length;
        await response.Body.WriteAsync(proof);
        return WebhookAnswer.Stored;
    }

    private bool IsInTime(DateTimeOffset sentAt)
    {
        var age = clock.GetUtcNow() - sentAt;
        return age <= options.Value.SignatureTolerance && age >= -ClocksMayDifferBy;
    }

    private InboxMessage Message(Guid organisationId, ReadOnlySpan<byte> body, Envelope envelope, bool inTime)
    {
        var now = clock.Now();
        var readable = envelope.Event.Length > 0;
        return new InboxMessage
        {
            Id = ids.Next(now),
            OrganisationId = organisationId,
            DeliveryKey = GetKey(envelope.Milliseconds, body),
            Event = envelope.Event,
            Body = Redaction.Redact(body),
            ReceivedAt = now,
            State = readable && inTime ? InboxState.Pending : InboxState.SetAside,
            Reason = !readable ? SetAsideReasons.Unreadable : !inTime ? SetAsideReasons.Stale : null,
        };
    }

    private static byte[] GetKey(long milliseconds, ReadOnlySpan<byte> body)
    {
        var key = new byte[sizeof(long) + SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(key, milliseconds);
        SHA256.HashData(body, key.AsSpan(sizeof(long)));
        return key;
    }

    [LoggerMessage(EventId = 1002, Level = LogLevel.Warning,
        Message = "Refused a delivery that names another Zoom account than that of organisation {Organisation}, whose secret signed it.")]
    private partial void LogAnotherAccount(Guid organisation);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Warning,
        Message = "Refused a delivery for organisation {Organisation} that is signed but outside Zoom:SignatureTolerance. It is set aside as {Id}.")]
    private partial void LogStale(Guid organisation, Guid id);
}
