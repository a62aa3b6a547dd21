namespace SessionGuard.Surfaces.Shell;

/// <summary>Who a request may come from.</summary>
[Flags]
internal enum Callers
{
    None = 0,
    Stranger = 1,
    Teacher = 2,
    Lead = 4,
    Deputy = 8,
    Admin = 16,
    Staff = Teacher | Lead | Deputy | Admin,
    Anyone = Stranger | Staff,
}
