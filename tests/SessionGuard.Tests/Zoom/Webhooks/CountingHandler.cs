using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Zoom.Webhooks.Processing;

namespace SessionGuard.Tests.Zoom.Webhooks;

/// <summary>Writes one ledger entry for each delivery it applies, so that a test can count effects in the database itself.</summary>
internal sealed class CountingHandler : IDeliveryHandler
{
    public static readonly LedgerAction Action = LedgerAction.Declare("test.applied", "A test's delivery was applied.");

    public ConcurrentQueue<IReadOnlyList<Delivery>> Calls { get; } = new();

    /// <summary>Throws for the deliveries a test wants to fail.</summary>
    public Action<Delivery> Check { get; set; } = _ => { };

    public IReadOnlySet<string> Events { get; init; } = new HashSet<string> { "meeting.participant_joined", "test.of_two" };

    public Task ApplyAsync(SessionGuardDb db, IReadOnlyList<Delivery> deliveries, CancellationToken cancellation)
    {
        Calls.Enqueue(deliveries);
        foreach (var delivery in deliveries)
        {
            Check(delivery);
            db.Record(new LedgerNote(delivery.OrganisationId, delivery.At, "zoom", Action, $"delivery:{delivery.InboxId}", new { }));
        }

        return Task.CompletedTask;
    }

    /// <summary>What was applied, delivery by delivery.</summary>
    public static Task<List<string>> EffectsAsync(SessionGuardDb db) =>
        db.Set<LedgerEntry>().Where(e => e.Action == Action.Word).OrderBy(e => e.Sequence).Select(e => e.Subject).ToListAsync();
}
