using SessionGuard.Platform.Storage;

namespace SessionGuard.Classes.Sessions;

/// <summary>Findings that rest on the evidence of sessions. While one is stored, what it rests on stays, whatever its own age.</summary>
internal interface IKeepsEvidence
{
    /// <summary>The ids of those sessions, any number of times each.</summary>
    IQueryable<Guid> SessionsIn(SessionGuardDb db);
}
