namespace SessionGuard.Rules;

/// <summary>What a rule says. Missing evidence is never <see cref="Met"/>.</summary>
internal enum RuleResult
{
    Met,
    NotMet,
    CouldNotCheck,
    NotNeeded,
}

/// <summary>How sure a result is.</summary>
internal enum Certainty
{
    /// <summary>Zoom answered it as a setting.</summary>
    Certain,

    /// <summary>It rests on a seat's own link.</summary>
    Likely,

    /// <summary>It rests on a name, or on nothing better.</summary>
    Unsure,
}

/// <summary>How soon somebody must know.</summary>
internal enum Severity
{
    Low,
    Medium,
    High,
    Critical,
}
