using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;
using SessionGuard.Zoom.Client;

namespace SessionGuard.School.Organisations;

/// <summary>
/// What the ledger says of a change that came by configuration. Whoever writes the configuration is an operator. Secrets are named by their key
/// and never by what they are.
/// </summary>
internal sealed class ConfigurationNotes(SessionGuardDb db, TimeProvider clock)
{
    private const string Source = "configuration";

    public void AccountAdded(Account account) => Note(
        account.OrganisationId, AccountActions.Added, LedgerName.Account(account.Id), new { role = account.Role.ToString(), source = Source });

    public void RoleChanged(Account account, Role before) => Note(
        account.OrganisationId, AccountActions.RoleChanged, LedgerName.Account(account.Id),
        new { from = before.ToString(), to = account.Role.ToString(), source = Source });

    /// <param name="before">The account of whoever was the lead; null: nobody was, or they have none.</param>
    public void LeadAppointed(Account account, Account? before) => Note(
        account.OrganisationId, OrganisationActions.LeadAppointed, LedgerName.Account(account.Id),
        new { before = before is null ? null : LedgerName.Account(before.Id), source = Source });

    /// <param name="changed">Which of the lead's details are others now.</param>
    public void LeadChanged(Account account, IReadOnlyCollection<string> changed) => Note(
        account.OrganisationId, OrganisationActions.LeadChanged, LedgerName.Account(account.Id), new { changed, source = Source });

    public void ZoomConnected(ZoomConnection connection) => Note(
        connection.OrganisationId, OrganisationActions.ZoomConnected, LedgerName.Organisation(connection.OrganisationId),
        new { connection.AccountId, connection.ClientId, source = Source });

    /// <param name="secrets">Keys of the secrets that are others now, <c>added</c> or <c>removed</c> after them where that is what happened.</param>
    public void ZoomChanged(ZoomConnection connection, string accountBefore, string clientBefore, IReadOnlyCollection<string> secrets) => Note(
        connection.OrganisationId, OrganisationActions.ZoomChanged, LedgerName.Organisation(connection.OrganisationId),
        new
        {
            from = new { AccountId = accountBefore, ClientId = clientBefore },
            to = new { connection.AccountId, connection.ClientId },
            secrets,
            source = Source,
        });

    private void Note(Guid organisation, LedgerAction action, string subject, object data) =>
        db.Record(new LedgerNote(organisation, clock.Now(), LedgerName.Operator, action, subject, data));
}
