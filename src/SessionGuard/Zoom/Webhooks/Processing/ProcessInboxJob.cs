using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Zoom.Webhooks.Processing;

/// <summary>Applies stored deliveries, oldest first, until no more are due; one that keeps failing is set aside, never dropped.</summary>
internal sealed partial class ProcessInboxJob(
    InboxClaims claims, DeliveryBatch batch, SessionGuardDb db, TimeProvider clock, ILogger<ProcessInboxJob> logger) : ILeasing
{
    public const int MostTries = 8;

    /// <summary>How long a delivery waits for others that are applied with it.</summary>
    public static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100);

    private const int AttemptsOnConflict = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken cancellation)
    {
        Claim claim;
        do
        {
            claim = await claims.TakeAsync(cancellation);
            await ApplyAsync(claim.Messages, cancellation);
        }
        while (claim.MayBeMore); // what comes meanwhile announces itself, and is gathered for the next pass
    }

    public IQueryable<DateTimeOffset?> Leases => InboxMessage.ToApply.Leases(db);

    public Task<int> CountAsync(CancellationToken cancellation) =>
        db.Set<InboxMessage>().CountAsync(m => m.State == InboxState.Pending, cancellation);

    private async Task ApplyAsync(IReadOnlyList<InboxMessage> claimed, CancellationToken cancellation)
    {
        try
        {
            foreach (var own in claimed.GroupBy(m => m.OrganisationId))
            {
                await ApplyTogetherOrAloneAsync(own.Key, [.. own], cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested && claimed.Count > 0)
        {
            await claims.ReleaseAsync(claimed, CancellationToken.None);
            throw;
        }
    }

    private async Task ApplyTogetherOrAloneAsync(Guid organisationId, List<InboxMessage> messages, CancellationToken cancellation)
    {
        if (await TryApplyAsync(organisationId, messages, cancellation) is not { } failure)
        {
            return;
        }

        if (messages.Count == 1)
        {
            await CountFailureAsync(messages[0], failure, cancellation);
            return;
        }

        foreach (var message in messages)
        {
            await ApplyTogetherOrAloneAsync(organisationId, [message], cancellation);
        }
    }

    /// <summary>
    /// Null: applied, here or by another pass. Whatever a handler throws over a stranger's bytes is an answer here, since the deliveries behind must go on; a
    /// database that is away is not the delivery's fault, and ends the pass.
    /// </summary>
    private async Task<Exception?> TryApplyAsync(Guid organisationId, List<InboxMessage> messages, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await batch.ApplyAsync(organisationId, messages, cancellation);
                return null;
            }
            catch (Exception conflict) when (DatabaseFault.IsConflict(conflict) && attempt < AttemptsOnConflict)
            {
                // Another pass or a person's request was first; what it left is read afresh.
            }
            catch (LeaseLostException) when (messages.Count == 1)
            {
                return null; // theirs now who have it
            }
            catch (Exception failure) when (!DatabaseFault.IsUnavailable(failure) && !cancellation.IsCancellationRequested)
            {
                return failure;
            }
        }
    }

    private async Task CountFailureAsync(InboxMessage message, Exception failure, CancellationToken cancellation)
    {
        var tries = message.Tries + 1;
        if (failure is FormatException || tries >= MostTries)
        {
            LogSetAside(message.Id, message.Event, failure.GetType().Name);
            var reason = failure is FormatException ? SetAsideReasons.Malformed : SetAsideReasons.Failed(tries, failure);
            await claims.SetAsideAsync(message, reason, cancellation);
            return;
        }

        LogFailed(message.Id, message.Event, tries, failure.GetType().Name);
        await claims.PostponeAsync(message, clock.Now() + (FirstPause * Math.Pow(2, message.Tries)), cancellation);
    }

    [LoggerMessage(EventId = 901, Level = LogLevel.Warning, Message = "Delivery {Id} ({Event}) failed for the {Tries}. time: {Failure}. It is tried again.")]
    private partial void LogFailed(Guid id, string @event, int tries, string failure);

    [LoggerMessage(EventId = 902, Level = LogLevel.Error, Message = "Delivery {Id} ({Event}) is set aside: {Failure}.")]
    private partial void LogSetAside(Guid id, string @event, string failure);
}
