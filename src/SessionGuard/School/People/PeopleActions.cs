using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.School.People;

/// <summary>What the ledger tells of people and who answers for whom.</summary>
internal static class PeopleActions
{
    public static readonly LedgerAction Added = LedgerAction.Declare("person.added", "A person was entered.");

    public static readonly LedgerAction Changed = LedgerAction.Declare("person.changed", "What is known of a person was changed.");

    public static readonly LedgerAction CarershipSet = LedgerAction.Declare("carership.set", "A carer answers for a child, on these terms.");

    public static readonly LedgerAction CarershipRemoved = LedgerAction.Declare("carership.removed", "A carer answers for a child no longer.");

    public static IReadOnlyList<LedgerAction> All { get; } = [Added, Changed, CarershipSet, CarershipRemoved];
}
