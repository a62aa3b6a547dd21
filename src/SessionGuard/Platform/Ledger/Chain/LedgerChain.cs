using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace SessionGuard.Platform.Ledger.Chain;

/// <summary>How one entry follows another. The end of each chain is locked while it grows, so it cannot fork.</summary>
internal static class LedgerChain
{
    /// <summary>What the first entry of an organisation stands on.</summary>
    public static byte[] Origin { get; } = new byte[SHA256.HashSizeInBytes];

    /// <summary>Adds <paramref name="notes"/> to the change set. The caller saves it in the current transaction, then lets go of it.</summary>
    public static async Task AppendAsync(DbContext db, IReadOnlyCollection<LedgerNote> notes, CancellationToken cancellation)
    {
        // In one order everywhere: two transactions that write to two chains would otherwise wait for each other.
        foreach (var chain in notes.GroupBy(n => n.OrganisationId).OrderBy(g => g.Key))
        {
            var head = await LockHeadAsync(db, chain.Key, cancellation);
            foreach (var note in chain)
            {
                var entry = Follow(head.Sequence, head.Hash, note);
                db.Add(entry);
                head.Sequence = entry.Sequence;
                head.Hash = entry.Hash;
            }
        }
    }

    /// <summary>An entry or a head that stayed tracked would be stale in the context's next save.</summary>
    public static void LetGo(DbContext db)
    {
        foreach (var link in db.ChangeTracker.Entries().Where(e => e.Entity is LedgerEntry or LedgerHead))
        {
            link.State = EntityState.Detached;
        }
    }

    /// <summary>SHA-256 over every column, each preceded by its length, so that no two rows read the same.</summary>
    public static byte[] GetHash(LedgerEntry entry) => GetHash(entry, entry.Sequence);

    /// <summary>The hash that <paramref name="entry"/> would have at another place of the chain.</summary>
    public static byte[] GetHash(LedgerEntry entry, long sequence)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, entry.OrganisationId.ToByteArray(bigEndian: true));
        Append(hash, Number(sequence));
        Append(hash, Number(entry.At.UtcTicks));
        foreach (var text in (string[])[entry.Actor, entry.Action, entry.Subject, entry.Data])
        {
            Append(hash, Encoding.UTF8.GetBytes(text));
        }

        Append(hash, entry.PreviousHash);
        return hash.GetHashAndReset();
    }

    private static LedgerEntry Follow(long sequence, byte[] previousHash, LedgerNote note)
    {
        var entry = new LedgerEntry
        {
            OrganisationId = note.OrganisationId,
            Sequence = sequence + 1,
            // What both engines give back to the tick; the hash covers it.
            At = DateTimeOffset.FromUnixTimeMilliseconds(note.At.ToUnixTimeMilliseconds()),
            Actor = note.Actor,
            Action = note.Action.Word,
            Subject = note.Subject,
            Data = JsonSerializer.Serialize(note.Data, JsonSerializerOptions.Web),
            PreviousHash = previousHash,
            Hash = [],
        };
        entry.Hash = GetHash(entry);
        return entry;
    }

    /// <summary>Makes the head if there is none, locks its row until the transaction ends, and reads what it says then.</summary>
    private static async Task<LedgerHead> LockHeadAsync(DbContext db, Guid organisationId, CancellationToken cancellation)
    {
        // One statement on both engines. The update that changes nothing is what takes the lock.
        var heads = await db.Set<LedgerHead>().FromSql(
            $"""
            INSERT INTO ledger_heads (organisation_id, sequence, hash) VALUES ({organisationId}, 0, {Origin})
            ON CONFLICT (organisation_id) DO UPDATE SET sequence = ledger_heads.sequence
            RETURNING organisation_id, sequence, hash
            """).IgnoreQueryFilters().AsTracking().ToListAsync(cancellation);
        return heads.Single();
    }

    private static byte[] Number(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    private static void Append(IncrementalHash hash, byte[] part)
    {
        hash.AppendData(Number(part.Length));
        hash.AppendData(part);
    }
}
