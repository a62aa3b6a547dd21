namespace SessionGuard.School.Staff;

/// <summary>What a cookie or a token says about its bearer. A token of <c>sessionguard token</c> uses the same names.</summary>
internal static class StaffClaims
{
    /// <summary>The account's id.</summary>
    public const string Subject = "sub";

    /// <summary>The id of the one organisation whose rows the bearer may see.</summary>
    public const string Organisation = "sg:organisation";

    /// <summary>A <see cref="Staff.Role"/> in lower case.</summary>
    public const string Role = "role";

    public const string Name = "name";

    public static string ToClaim(Role role) => role switch
    {
        Staff.Role.Teacher => "teacher",
        Staff.Role.Lead => "lead",
        Staff.Role.Deputy => "deputy",
        Staff.Role.Admin => "admin",
    };
}
