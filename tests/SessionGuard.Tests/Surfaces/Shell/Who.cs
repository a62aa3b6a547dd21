using SessionGuard.Composition;
using SessionGuard.School.Staff;
using SessionGuard.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Shell;

/// <summary>Everybody who comes to a <see cref="SeededSchool"/>.</summary>
public enum Who
{
    Nobody,
    Teacher,
    OtherTeacher,

    /// <summary>Teaches no class.</summary>
    Newcomer,
    Lead,
    Deputy,
    Admin,
    LeadElsewhere,
}

internal static class Visitors
{
    public static Account? AccountOf(this SeededSchool school, Who who) => who switch
    {
        Who.Nobody => null,
        Who.Teacher => school.Teacher,
        Who.OtherTeacher => school.OtherTeacher,
        Who.Newcomer => school.Newcomer,
        Who.Lead => school.Lead,
        Who.Deputy => school.Deputy,
        Who.Admin => school.Admin,
        Who.LeadElsewhere => school.LeadElsewhere,
    };

    public static Callers RoleOf(this Who who) => who switch
    {
        Who.Nobody => Callers.Stranger,
        Who.Teacher or Who.OtherTeacher or Who.Newcomer => Callers.Teacher,
        Who.Lead or Who.LeadElsewhere => Callers.Lead,
        Who.Deputy => Callers.Deputy,
        Who.Admin => Callers.Admin,
    };

    public static async Task<HttpClient> BrowserOfAsync(this App app, Account? account) =>
        account is null ? app.Stranger() : await app.SignedInAsync(account);

    public static HttpClient MachineOf(this App app, Account? account) => account is null ? app.Stranger() : app.WithToken(account);
}
