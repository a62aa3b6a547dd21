using SessionGuard.Rules;
using SessionGuard.School.Staff;

namespace SessionGuard.Safeguarding.Flags;

/// <param name="InsteadOfLead">True when the lead teaches the class that it is about, and is passed by.</param>
internal sealed record Recipient(RoleHolder Holder, bool InsteadOfLead);

/// <summary>Who is told of a flag. Nobody is told about a class that they teach: it goes to the next.</summary>
internal static class FlagRouting
{
    private static readonly Duty[] Line = [Duty.Lead, Duty.Deputy, Duty.OutsideContact];

    /// <param name="holders">Who holds which duty now.</param>
    /// <returns>For a critical flag lead and deputy, otherwise the first in line. Empty: there is nobody whom it may go to.</returns>
    public static IReadOnlyList<Recipient> For(Severity severity, IReadOnlyCollection<RoleHolder> holders, ClassStaff staff)
    {
        var line = Line.SelectMany(duty => holders.Where(h => h.Duty == duty).OrderBy(h => h.From).Take(1)).ToList();
        var leadTeaches = line.Exists(h => h.Duty is Duty.Lead && Teaches(h, staff));
        var free = line.Where(h => !Teaches(h, staff)).ToList();
        var told = severity is Severity.Critical
            ? free.FindAll(h => h.Duty is not Duty.OutsideContact || free.TrueForAll(other => other.Duty is Duty.OutsideContact))
            : free.Take(1);
        return [.. told.Select(h => new Recipient(h, leadTeaches))];
    }

    private static bool Teaches(RoleHolder holder, ClassStaff staff) => staff.Keys.Contains(StaffAccounts.Normalize(holder.Email));
}
