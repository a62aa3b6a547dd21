using SessionGuard.Composition;
using SessionGuard.Surfaces.Shell;

namespace SessionGuard.Tests.Testing;

/// <summary>The access table of the service as a school runs it.</summary>
internal static class SchoolAccess
{
    public static AccessTable Table { get; } = new([new AccessRows(Access.Routes)]);
}
