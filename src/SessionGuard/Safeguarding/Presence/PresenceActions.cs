using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.Safeguarding.Presence;

/// <summary>What the ledger tells of who was there.</summary>
internal static class PresenceActions
{
    public static readonly LedgerAction RunsFound = LedgerAction.Declare("runs.found", "Runs of a class that nobody had told us of were found in Zoom.");

    public static readonly LedgerAction ReportCompared = LedgerAction.Declare("report.compared", "Zoom's own report of a run was held against what it had told.");

    public static readonly LedgerAction MatchDecided = LedgerAction.Declare("match.decided", "A teacher said who somebody on screen is.");

    public static readonly LedgerAction AdultAttested = LedgerAction.Declare("adult.attested", "A teacher said whether an adult is with a child.");

    public static IReadOnlyList<LedgerAction> All { get; } = [RunsFound, ReportCompared, MatchDecided, AdultAttested];
}
