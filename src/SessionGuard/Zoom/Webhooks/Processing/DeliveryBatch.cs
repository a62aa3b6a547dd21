using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Zoom.Webhooks.Processing;

/// <summary>Applies claimed deliveries of one organisation, all or none.</summary>
internal sealed class DeliveryBatch(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly ActivitySource Spans = new("SessionGuard.Webhooks");

    /// <exception cref="LeaseLostException">Another pass has taken some of them over meanwhile.</exception>
    public async Task ApplyAsync(Guid organisationId, IReadOnlyList<InboxMessage> messages, CancellationToken cancellation)
    {
        using var span = Spans.StartActivity("ApplyDeliveries")
            ?.SetTag("sessionguard.organisation", organisationId).SetTag("sessionguard.deliveries", messages.Count);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<OrganisationScope>().Narrow(organisationId);
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        var handlers = scope.ServiceProvider.GetServices<IDeliveryHandler>().ToList();
        var outcomes = new Dictionary<(InboxState, string?), List<InboxMessage>>();
        var deliveries = new List<Delivery>(messages.Count);
        foreach (var message in messages)
        {
            var delivery = DeliveryReader.Read(message, out var fault);
            var isHandled = delivery is not null && handlers.Any(h => h.Events.Contains(message.Event));
            if (isHandled)
            {
                deliveries.Add(delivery!);
            }

            var outcome = (fault is not null ? InboxState.SetAside : isHandled ? InboxState.Handled : InboxState.Ignored, fault);
            outcomes.TryAdd(outcome, []);
            outcomes[outcome].Add(message);
        }

        await HandAsync(db, handlers, [.. deliveries.OrderBy(d => d.At).ThenBy(d => d.InboxId)], cancellation);
        await db.InTransactionAsync(async () =>
        {
            await db.SaveChangesAsync(cancellation);
            foreach (var ((state, reason), its) in outcomes)
            {
                await MarkAsync(db, its, state, reason, cancellation);
            }

            return 0;
        }, cancellation);
    }

    private static async Task HandAsync(
        SessionGuardDb db, List<IDeliveryHandler> handlers, List<Delivery> deliveries, CancellationToken cancellation)
    {
        foreach (var handler in handlers)
        {
            var its = deliveries.FindAll(d => handler.Events.Contains(d.Event));
            if (its.Count > 0)
            {
                await handler.ApplyAsync(db, its, cancellation);
            }
        }
    }

    /// <summary>In the handlers' own transaction: a delivery is done when, and only when, what it says is saved.</summary>
    private Task MarkAsync(SessionGuardDb db, List<InboxMessage> messages, InboxState state, string? reason, CancellationToken cancellation)
    {
        var now = clock.Now();
        return InboxMessage.ToApply.KeepAsync(
            db, messages, set => set.SetProperty(m => m.State, state).SetProperty(m => m.Reason, reason).SetProperty(m => m.AppliedAt, now), cancellation);
    }
}
