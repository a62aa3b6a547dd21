using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.School.Staff;

internal static class AccountQueries
{
    /// <summary>The accounts at a mail address: in each school at most one.</summary>
    public static IQueryable<Account> AccountsAt(this SessionGuardDb db, string email) => db.AccountsAt([email]);

    public static IQueryable<Account> AccountsAt(this SessionGuardDb db, IEnumerable<string> emails)
    {
        var indexes = emails.SelectMany(email => db.ComputeIndexes(BlindIndex.MailAddress, email)).ToList();
        return db.Set<Account>().Where(a => a.EmailIndex != null && indexes.Contains(a.EmailIndex));
    }
}
