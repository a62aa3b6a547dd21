using SessionGuard.Storage;

namespace SessionGuard.Accounts;

internal static class AccountQueries
{
    /// <summary>The accounts at a mail address: in each school at most one.</summary>
    public static IQueryable<Account> AccountsAt(this SessionGuardDb db, string email) => db.AccountsAt([email]);

    public static IQueryable<Account> AccountsAt(this SessionGuardDb db, IEnumerable<string> emails)
    {
        var indexes = emails.SelectMany(email => db.IndexesOf(BlindIndex.MailAddress, email)).ToList();
        return db.Users.Where(a => a.EmailIndex != null && indexes.Contains(a.EmailIndex));
    }
}
