namespace SessionGuard.Accounts;

/// <summary>Who makes a change and in which school.</summary>
/// <param name="Name">As the ledger names people: <c>account:ID</c>, or <c>operator</c> for a verb or a machine.</param>
internal sealed record Actor(Guid OrganisationId, string Name)
{
    public static Actor Operator(Guid organisationId) => new(organisationId, "operator");

    public static Actor Of(Viewer viewer) =>
        viewer.AccountId == Guid.Empty ? Operator(viewer.OrganisationId) : new Actor(viewer.OrganisationId, $"account:{viewer.AccountId}");
}
