namespace SessionGuard.Classes.Sessions;

/// <summary>A repair as one plain sentence.</summary>
internal static class RepairWords
{
    /// <summary>What was done and how it went: "We switched the waiting room on."</summary>
    public static string Sentence(Repair repair) => repair.Outcome switch
    {
        RepairOutcome.Held => Done(repair),
        RepairOutcome.Asked => $"We asked Zoom to {Wish(repair.Field)}. We have not seen yet whether it did.",
        RepairOutcome.Postponed => $"We could not yet ask Zoom to {Wish(repair.Field)}. We will.",
        RepairOutcome.NotTaken => $"We asked Zoom to {Wish(repair.Field)}, and it did not.",
        RepairOutcome.SetBack => $"{Done(repair)} Somebody set it back by hand afterwards.",
    };

    /// <summary>The setting as a thing: "Waiting room".</summary>
    public static string Name(RepairableField field) => field switch
    {
        RepairableField.Passcode => "Passcode",
        RepairableField.WaitingRoom => "Waiting room",
        RepairableField.JoinBeforeHost => "Joining before the teacher",
    };

    /// <summary>What the teacher can do by hand: "switch the waiting room on".</summary>
    public static string Wish(RepairableField field) => field switch
    {
        RepairableField.Passcode => "set a passcode",
        RepairableField.WaitingRoom => "switch the waiting room on",
        RepairableField.JoinBeforeHost => "let nobody in before the teacher",
    };

    private static string Done(Repair repair) => repair.Field switch
    {
        RepairableField.Passcode when repair.Before is "none" => "We added a passcode. Families’ links still work.",
        RepairableField.Passcode => "We set a stronger passcode. Families’ links still work.",
        RepairableField.WaitingRoom => "We switched the waiting room on.",
        RepairableField.JoinBeforeHost => "Zoom would have let people in before the teacher. We switched that off.",
    };
}
