namespace SessionGuard.Demo;

/// <summary>One line of a story as it is told.</summary>
/// <param name="At">The story's time.</param>
/// <param name="Held">Whether an expectation held; null for a line that only tells.</param>
internal sealed record StoryLine(DateTimeOffset At, string Text, bool? Held = null);

/// <summary>How a story went, in the shape of the last line that <c>demo --exit</c> prints.</summary>
/// <param name="Asks">Mails that asked a carer about the class.</param>
/// <param name="Answers">What carers answered beforehand and did not take back; a machine's press is none.</param>
internal sealed record StorySummary(
    string Story, bool Passed, int Sessions, int Repairs, int Asks, int Answers, IReadOnlyList<StoryFlag> Flags);

/// <summary>A safeguard that was missed, and what became of it, in the API's words.</summary>
internal sealed record StoryFlag(string Rule, string Status);
