namespace SessionGuard.Rules;

/// <summary>What came of Zoom's own report of a run, asked for after its end.</summary>
internal enum ReportState
{
    /// <summary>Not asked for yet, or Zoom has not answered yet.</summary>
    NotYet,

    /// <summary>It says what Zoom told while the run was on, or what was missing has been filled in from it.</summary>
    Agrees,

    /// <summary>Zoom told nothing while the run was on: all that is known of it is from the report.</summary>
    OnlyWord,

    /// <summary>It says something else than Zoom told while the run was on.</summary>
    Disagrees,

    /// <summary>Zoom gives none: the plan has no reports, or the run was too small for one.</summary>
    NotAvailable,

    /// <summary>Zoom could not be asked, however often it was tried.</summary>
    Failed,
}
