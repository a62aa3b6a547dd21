using SessionGuard.Rules;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>How a flag is put to the lead.</summary>
internal static class FlagWords
{
    public static string DescribeCertainty(Certainty certainty) => certainty switch
    {
        Certainty.Certain => "Certain: Zoom itself says so.",
        Certainty.Likely => "Likely: it rests on people’s own links or on what somebody said.",
        Certainty.Unsure => "Unsure: it rests on a name on the screen, or on silence.",
    };

    public static string DescribeSeverity(Severity severity) => severity switch
    {
        Severity.Critical => "Look now",
        Severity.High => "Look today",
        Severity.Medium => "Look soon",
        Severity.Low => "When you can",
    };

    public static string DescribeStatus(FlagStatus status) => status switch
    {
        FlagStatus.WithTeacher => "With the teacher",
        FlagStatus.Open => "Waits for you",
        FlagStatus.Explained => "Explained by the teacher",
        FlagStatus.Accepted => "Accepted for this class",
        FlagStatus.Dismissed => "Nothing in it",
        FlagStatus.Concern => "Taken further as a concern",
        FlagStatus.Closed => "Settled",
    };

    /// <summary>The same as a sentence on the class's page, which the teacher reads as well as the lead.</summary>
    public static string Sentence(FlagStatus status) => status switch
    {
        FlagStatus.WithTeacher => "The teacher is asked about it first.",
        FlagStatus.Open => "It is with the safeguarding lead.",
        FlagStatus.Explained => "It is with the safeguarding lead, together with the teacher’s words.",
        FlagStatus.Accepted => "The safeguarding lead has accepted it for this class.",
        FlagStatus.Dismissed => "Nothing was found in it.",
        FlagStatus.Concern => "The safeguarding lead looks into it.",
        FlagStatus.Closed => "It is settled.",
    };

    public static string DescribeReason(CloseReason reason) => reason switch
    {
        CloseReason.WrongAlarm => "It did not happen: a wrong match or a mistake of ours",
        CloseReason.GoodReason => "It happened, and there was a good reason",
        CloseReason.TalkedOver => "I talked it over with the people involved, and it is settled",
        CloseReason.PutRight => "It has been put right",
        CloseReason.AcceptedForClass => "I accept it for this class until a date",
        CloseReason.BecameConcern => "I take it further as a safeguarding concern",
        CloseReason.EvidenceChanged => "New evidence has cleared it",
    };

    public static ResultMark GetMark(Flag flag) => flag.IsOpen ? ResultMark.ForResult(RuleResult.NotMet, flag.Severity) : new ResultMark(RuleResult.NotNeeded, "Dealt with");

    /// <summary>What most leads would do next. A flag outlives its rule: one that this version does not know still waits for a decision.</summary>
    public static string NextStep(Flag flag) => RuleList.Find(flag.Rule)?.LeadsNextStep ?? "Talk to the teacher, and write down what you decide.";
}
