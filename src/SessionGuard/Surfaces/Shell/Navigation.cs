using SessionGuard.Platform.Http;
using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Shell;

/// <summary>The main navigation: what the features have declared, for those who may open it.</summary>
internal sealed class Navigation(IEnumerable<MenuEntry> entries, AccessTable table)
{
    private readonly List<MenuEntry> _entries = [.. entries.OrderBy(e => e.Order)];

    /// <summary>The entries whose pages <paramref name="role"/> may open. Only teachers have a home of their own.</summary>
    public IEnumerable<MenuEntry> GetEntries(Role role) =>
        _entries.Where(entry => table.Allows(entry.Route, new Viewer(default, default, role)))
            .Where(entry => entry.Address != "/" || role is Role.Teacher);
}
