using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.School.Staff;

/// <summary>What the ledger tells of accounts.</summary>
internal static class AccountActions
{
    public static readonly LedgerAction Added = LedgerAction.Declare("account.added", "A member of staff was given an account, or another name or role in it.");

    public static readonly LedgerAction RoleChanged = LedgerAction.Declare("account.role-changed", "An account was given another role.");

    public static readonly LedgerAction Closed = LedgerAction.Declare("account.closed", "An account was closed: its owner signs in no more.");

    public static readonly LedgerAction LinkIssued = LedgerAction.Declare("sign-in.link-issued", "A link to sign in was made for an account.");

    public static readonly LedgerAction LinkUsed = LedgerAction.Declare("sign-in.link-used", "Somebody signed in by a link, which is used up.");

    public static readonly LedgerAction SignedOut = LedgerAction.Declare("sign-out", "Somebody signed out, everywhere.");

    public static IReadOnlyList<LedgerAction> All { get; } = [Added, RoleChanged, Closed, LinkIssued, LinkUsed, SignedOut];
}
