using System.Collections.Concurrent;

namespace SessionGuard.Demo;

/// <summary>Somebody in a story whose screen may be watched.</summary>
internal enum Watched
{
    Teacher,
    Family,
    Lead,
}

/// <summary>Which of the service's pages each of them has before their eyes.</summary>
internal sealed class Screens
{
    private readonly ConcurrentDictionary<Watched, string> _paths = new();

    /// <summary>Null: nothing yet.</summary>
    public string? GetPath(Watched who) => _paths.GetValueOrDefault(who);

    public void Show(Watched who, string path) => _paths[who] = path;

    /// <summary>As a story begins: staff at their first page, the family without a mail.</summary>
    public void Reset()
    {
        _paths.Clear();
        _paths[Watched.Teacher] = "/";
        _paths[Watched.Lead] = "/flags";
    }
}
