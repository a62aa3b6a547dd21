using SessionGuard.Platform.Text;
using SessionGuard.Safeguarding.Flags;

namespace SessionGuard.Surfaces.Api;

/// <summary>A safeguard that was missed in one session. Times are UTC.</summary>
/// <param name="Rule">Such as <c>unsupervised-room</c>.</param>
/// <param name="Severity"><c>critical</c>, <c>high</c>, <c>medium</c> or <c>low</c>.</param>
/// <param name="Certainty"><c>certain</c>, <c>likely</c> or <c>unsure</c>.</param>
/// <param name="Status"><c>with-teacher</c>, <c>open</c>, <c>explained</c>, <c>accepted</c>, <c>dismissed</c>, <c>concern</c> or <c>closed</c>.</param>
/// <param name="Evidence">The earliest first.</param>
public sealed record FlagRecord(
    Guid Id, string Rule, string Severity, string Certainty, string Status, FlagSessionRecord Session, DateTime RaisedAt,
    IReadOnlyList<FlagEvidenceRecord> Evidence)
{
    internal static FlagRecord FromView(FlagView view) => new(
        view.Flag.Id,
        view.Flag.Rule,
        Words.ToWord(view.Flag.Severity),
        Words.ToWord(view.Flag.Certainty),
        Words.ToWord(view.Flag.Status),
        new FlagSessionRecord(view.Session.Id, view.Session.Topic, view.Session.Start.UtcDateTime),
        view.Flag.RaisedAt.UtcDateTime,
        [.. view.Evidence.Select(e => new FlagEvidenceRecord(e.At.UtcDateTime, e.Source, e.Result is { } result ? Words.ToWord(result) : null, e.Text))]);
}

public sealed record FlagSessionRecord(Guid Id, string Topic, DateTime Start);

/// <param name="Source"><c>rule</c>, <c>cleared</c>, <c>teacher</c>, <c>lead</c> or <c>service</c>.</param>
/// <param name="Result">What the rule said; null for what people did.</param>
public sealed record FlagEvidenceRecord(DateTime At, string Source, string? Result, string Text);

/// <summary>A decision on a flag.</summary>
/// <param name="Reason"><c>wrong-alarm</c>, <c>good-reason</c>, <c>talked-over</c>, <c>put-right</c>, <c>accepted-for-class</c> or <c>became-concern</c>.</param>
/// <param name="Note">In one's own words, up to 2,000 characters.</param>
/// <param name="Until">The last day of an acceptance, such as 2027-03-31.</param>
public sealed record CloseFlagRequest(string? Reason, string? Note, string? Until);

/// <param name="Text">One line, up to 300 characters.</param>
public sealed record ExplainFlagRequest(string? Text);
