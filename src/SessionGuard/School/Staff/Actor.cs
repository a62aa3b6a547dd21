using SessionGuard.Platform.Ledger.Chain;

namespace SessionGuard.School.Staff;

/// <summary>Who makes a change and in which school.</summary>
/// <param name="Name">As the ledger names them (<see cref="LedgerName"/>).</param>
internal sealed record Actor(Guid OrganisationId, string Name)
{
    public static Actor Operator(Guid organisationId) => new(organisationId, LedgerName.Operator);

    public static Actor FromViewer(Viewer viewer) =>
        viewer.AccountId == Guid.Empty ? Operator(viewer.OrganisationId) : new Actor(viewer.OrganisationId, LedgerName.Account(viewer.AccountId));
}
