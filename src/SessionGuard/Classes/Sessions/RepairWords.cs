using SessionGuard.Rules;

namespace SessionGuard.Classes.Sessions;

/// <summary>A repair as one plain sentence, in the words of the rule that asked for it.</summary>
internal static class RepairWords
{
    private const string ForgottenWish = "change a setting";

    /// <summary>What was done and how it went: "We switched the waiting room on."</summary>
    public static string Sentence(Repair repair) => repair.Outcome switch
    {
        RepairOutcome.Held => Done(repair),
        RepairOutcome.Asked => $"We asked Zoom to {Wish(repair)}. We have not seen yet whether it did.",
        RepairOutcome.Postponed => $"We could not yet ask Zoom to {Wish(repair)}. We will.",
        RepairOutcome.NotTaken => $"We asked Zoom to {Wish(repair)}, and it did not.",
        RepairOutcome.SetBack => $"{Done(repair)} Somebody set it back by hand afterwards.",
    };

    /// <summary>The setting as a thing: "Waiting room".</summary>
    public static string Name(Repair repair) => Find(repair)?.Name ?? repair.Field.ToString();

    private static string Wish(Repair repair) => Find(repair)?.Wish ?? ForgottenWish;

    private static string Done(Repair repair) => Find(repair)?.Done(repair.Before) ?? $"We asked Zoom to {ForgottenWish}, and it did.";

    /// <summary>Null: this version does not know the rule, or no longer repairs what it asks.</summary>
    private static Mending.ByService? Find(Repair repair) => (RuleList.Find(repair.Rule) as SettingsRule)?.Mending as Mending.ByService;
}
