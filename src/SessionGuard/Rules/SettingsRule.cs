namespace SessionGuard.Rules;

/// <summary>A rule that looks at a meeting's settings. It is checked each time Zoom is asked about the meeting, and its result is kept.</summary>
internal sealed record SettingsRule : Rule
{
    /// <summary>The lead's next step where a setting is missing: it is the same whichever it is.</summary>
    public const string LookAtIt = "Ask the teacher to look at this setting in Zoom. We could not put it right, or somebody set it back.";

    /// <summary>What Zoom's answer means, for every class that is taught in the meeting.</summary>
    public required Func<MeetingSettings, Judgement> Check { get; init; }

    /// <summary>What was found of a meeting, for one class that is taught in it: it may be graver there.</summary>
    public required Func<Judgement, SessionEvidence, Judgement> InClass { get; init; }

    /// <summary>How it is put right.</summary>
    public required Mending Mending { get; init; }

    /// <summary>The setting on the class's timeline: "Zoom now says: the waiting room is on."</summary>
    public required TimelineWords Timeline { get; init; }

    /// <summary>See <see cref="TeachersToDo"/>. It is the first line of the mail about it, too.</summary>
    public required string ToDo { get; init; }

    public override string TeachersToDo => ToDo;

    /// <summary>For <see cref="InClass"/>: it weighs the same in every class.</summary>
    public static Judgement SameInEveryClass(Judgement found, SessionEvidence evidence) => found;

    /// <param name="settings">Null: Zoom did not answer.</param>
    public Judgement Judge(MeetingSettings? settings) => settings is null ? Judgement.NoAnswer : Check(settings);

    /// <summary>What was found of the meeting, for this class; of one that was cancelled nothing is asked any more.</summary>
    public Judgement JudgeInClass(Judgement found, SessionEvidence evidence) =>
        evidence.Phase is SessionPhase.Cancelled ? Judgement.CalledOff : InClass(found, evidence);

    public bool IsInPlace(MeetingSettings settings) => Check(settings).Result is RuleResult.Met;
}

/// <param name="InPlace">Such as "the waiting room is on".</param>
/// <param name="Missing">Such as "the waiting room is off".</param>
internal sealed record TimelineWords(string InPlace, string Missing);
