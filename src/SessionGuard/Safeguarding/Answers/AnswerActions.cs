using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Safeguarding.Answers;

/// <summary>What the ledger tells of answers.</summary>
internal static class AnswerActions
{
    public static readonly LedgerAction Given = LedgerAction.Declare("answer.given", "Somebody said whether an adult will be with a child.");

    public static readonly LedgerAction Undone = LedgerAction.Declare("answer.undone", "An answer was taken back.");

    public static IReadOnlyList<LedgerAction> All { get; } = [Given, Undone];
}
