namespace SessionGuard.Platform.Ledger.Chain;

/// <summary>A fact to append to the ledger in the transaction that makes it true; see <see cref="LedgerEntry"/> for the words.</summary>
/// <param name="Data">Serialised to JSON. Ids, times and settings only.</param>
internal sealed record LedgerNote(Guid OrganisationId, DateTimeOffset At, string Actor, LedgerAction Action, string Subject, object Data);
