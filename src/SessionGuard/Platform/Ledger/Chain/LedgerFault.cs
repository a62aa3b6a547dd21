namespace SessionGuard.Platform.Ledger.Chain;

/// <summary>What is wrong with the first bad entry of a chain.</summary>
internal enum LedgerFault
{
    /// <summary>Its hash does not hold for what it says.</summary>
    Altered,

    /// <summary>There is no entry of this number, though there are later ones.</summary>
    Missing,

    /// <summary>It is genuine and stands in another entry's place.</summary>
    Reordered,

    /// <summary>Its own hash holds, but it does not build on the entry before it: it, or that one, was put there later.</summary>
    DoesNotFollow,

    /// <summary>The chain's recorded end lies further on: the last entries are gone.</summary>
    CutShort,

    /// <summary>The chain's recorded end lies before it: it was added without being chained.</summary>
    BeyondTheEnd,

    /// <summary>It is the last entry, and the recorded end has another hash.</summary>
    EndDiffers,

    /// <summary>There are entries, and the recorded end is gone.</summary>
    EndMissing,
}

/// <summary>What the check of one organisation's chain found.</summary>
/// <param name="Entries">How many entries hold, from the first one on.</param>
/// <param name="Hash">The hash of the last entry that holds. Kept elsewhere, it later proves that nothing before it was rewritten.</param>
/// <param name="Fault">Null when the whole chain holds.</param>
/// <param name="BadSequence">The number of the first bad entry; null when the whole chain holds.</param>
internal sealed record LedgerVerdict(Guid OrganisationId, long Entries, byte[] Hash, LedgerFault? Fault, long? BadSequence)
{
    public bool Holds => Fault is null;
}
