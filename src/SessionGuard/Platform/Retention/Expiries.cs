namespace SessionGuard.Platform.Retention;

/// <summary>Everything that the features have deleted by itself, in its order.</summary>
internal sealed class Expiries(IEnumerable<IExpirySource> sources)
{
    public IReadOnlyList<Expiry> All { get; } = [.. sources.SelectMany(s => s.Expiries).OrderBy(e => e.Stage).ThenBy(e => e.Place)];
}
