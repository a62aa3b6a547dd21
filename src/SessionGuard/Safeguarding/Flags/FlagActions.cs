using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>What the ledger tells of flags.</summary>
internal static class FlagActions
{
    public static readonly LedgerAction Raised = LedgerAction.Declare("flag.raised", "A safeguard was found missing in a class.");

    public static readonly LedgerAction Reopened = LedgerAction.Declare("flag.reopened", "New evidence brought a flag back, or it has become graver than what was decided on.");

    public static readonly LedgerAction Changed = LedgerAction.Declare("flag.changed", "A flag became more or less grave, or more or less certain.");

    public static readonly LedgerAction Cleared = LedgerAction.Declare("flag.cleared", "New evidence took the ground of a flag away.");

    public static readonly LedgerAction Explained = LedgerAction.Declare("flag.explained", "The teacher of the class explained a flag.");

    public static readonly LedgerAction Escalated = LedgerAction.Declare("flag.escalated", "The teacher did not explain a flag in time: it is the lead's.");

    public static readonly LedgerAction Closed = LedgerAction.Declare("flag.closed", "The lead or the deputy decided on a flag.");

    public static readonly LedgerAction NobodyToTell = LedgerAction.Declare("flag.nobody-to-tell", "An urgent flag found nobody who may be told of it.");

    public static IReadOnlyList<LedgerAction> All { get; } = [Raised, Reopened, Changed, Cleared, Explained, Escalated, Closed, NobodyToTell];
}
