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

    /// <summary>What most leads would do next.</summary>
    public static string NextStep(string rule) => rule switch
    {
        "unsupervised-room" => "Ring the teacher: were the children alone, and for how long? If a child may have come to harm, act on that first.",
        "unknown-participant" => "Ask the teacher who it was. If nobody knows, give the class new links and tell the families.",
        "responsible-adult-present" => "Ask the teacher what they saw. If an adult was missing more than once, ring the family.",
        "parent-confirmed" => "Ring the family, before the class if there is time. The teacher can write a telephone answer down. Where mail does not arrive, ask for an address that works.",
        "named-links-only" => "Ask the teacher to let families in by their own links only.",
        "evidence-gap" => "Ask the teacher for their own account of the class: we did not see all of it. If it goes on, have the office look at our app in Zoom.",
        "passcode-required" or "waiting-room-on" or "join-before-host-off" or "pmi-not-used" =>
            "Ask the teacher to look at this setting in Zoom. We could not put it right, or somebody set it back.",
        _ => "Talk to the teacher, and write down what you decide.",
    };
}
