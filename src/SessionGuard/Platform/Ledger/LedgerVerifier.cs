using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Ledger;

/// <summary>
/// Computes a chain again from its first entry. Entries may be appended meanwhile: what is checked is the chain up to its end as it
/// was when the check began. Reads in small batches, however long the chain is.
/// </summary>
internal sealed class LedgerVerifier(SessionGuardDb db)
{
    private const int Batch = 2000;

    /// <summary>Every organisation that has a chain or a piece of one, in a fixed order.</summary>
    public async Task<IReadOnlyList<Guid>> ChainsAsync(CancellationToken cancellation)
    {
        var heads = db.Set<LedgerHead>().Select(h => h.OrganisationId);
        var entries = db.Set<LedgerEntry>().Select(e => e.OrganisationId);
        return [.. (await heads.Union(entries).ToListAsync(cancellation)).Order()];
    }

    public async Task<LedgerVerdict> VerifyAsync(Guid organisationId, CancellationToken cancellation)
    {
        var end = await EndAsync(organisationId, cancellation);
        var walk = new Walk(organisationId, end);
        for (var after = long.MinValue; ;)
        {
            var entries = await db.Set<LedgerEntry>().AsNoTracking()
                .Where(e => e.OrganisationId == organisationId && e.Sequence > after && e.Sequence <= end.Last)
                .OrderBy(e => e.Sequence).Take(Batch).ToListAsync(cancellation);
            foreach (var entry in entries)
            {
                if (walk.Step(entry) is { } fault)
                {
                    return walk.Bad(fault, fault is LedgerFault.Missing ? walk.Expected : entry.Sequence);
                }
            }

            if (entries.Count < Batch)
            {
                return walk.Finish();
            }

            after = entries[^1].Sequence;
        }
    }

    /// <summary>The recorded end and the last entry, read in one statement so that an append between the two cannot look like a fault.</summary>
    private async Task<End> EndAsync(Guid organisationId, CancellationToken cancellation)
    {
        var entries = db.Set<LedgerEntry>().Where(e => e.OrganisationId == organisationId);
        var end = await db.Set<LedgerHead>().AsNoTracking().Where(h => h.OrganisationId == organisationId)
            .Select(h => new { h.Sequence, h.Hash, Last = entries.Max(e => (long?)e.Sequence) }).SingleOrDefaultAsync(cancellation);
        return end is not null
            ? new End(end.Sequence, end.Hash, end.Last ?? 0)
            : new End(null, LedgerChain.Origin, await entries.MaxAsync(e => (long?)e.Sequence, cancellation) ?? 0);
    }

    /// <param name="Sequence">What the recorded end says; null when there is none.</param>
    /// <param name="Last">The highest number an entry has; 0 when there is none.</param>
    private sealed record End(long? Sequence, byte[] Hash, long Last);

    /// <summary>How far the chain holds.</summary>
    private sealed class Walk(Guid organisationId, End end)
    {
        private byte[] _hash = LedgerChain.Origin;

        public long Expected { get; private set; } = 1;

        public LedgerFault? Step(LedgerEntry entry)
        {
            if (entry.Sequence > end.Sequence)
            {
                return Expected <= end.Sequence ? LedgerFault.Missing : LedgerFault.BeyondTheEnd;
            }

            if (entry.Sequence != Expected)
            {
                return entry.Sequence > Expected ? LedgerFault.Missing : LedgerFault.DoesNotFollow;
            }

            if (!LedgerChain.GetHash(entry).AsSpan().SequenceEqual(entry.Hash))
            {
                return IsGenuineElsewhere(entry) ? LedgerFault.Reordered : LedgerFault.Altered;
            }

            if (!entry.PreviousHash.AsSpan().SequenceEqual(_hash))
            {
                return LedgerFault.DoesNotFollow;
            }

            _hash = entry.Hash;
            Expected = Expected + 1;
            return null;
        }

        public LedgerVerdict Finish() => (end.Sequence ?? 0, Expected - 1) switch
        {
            _ when end.Sequence is null && end.Last > 0 => Bad(LedgerFault.EndMissing, end.Last),
            var (recorded, last) when recorded > last => Bad(LedgerFault.CutShort, Expected),
            var (_, last) when end.Sequence is not null && !end.Hash.AsSpan().SequenceEqual(_hash) => Bad(LedgerFault.EndDiffers, last),
            _ => new LedgerVerdict(organisationId, Expected - 1, _hash, null, null),
        };

        public LedgerVerdict Bad(LedgerFault fault, long sequence) => new(organisationId, Expected - 1, _hash, fault, sequence);

        /// <summary>A row that was moved still carries the hash of its own number. Tried only once a fault was found.</summary>
        private bool IsGenuineElsewhere(LedgerEntry entry)
        {
            for (var sequence = 1L; sequence <= Math.Max(end.Last, end.Sequence ?? 0); sequence++)
            {
                if (LedgerChain.GetHash(entry, sequence).AsSpan().SequenceEqual(entry.Hash))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
