namespace SessionGuard.ResilienceTests.Kit;

/// <summary>The sender's books against the database.</summary>
/// <param name="Lost">Acknowledged and not stored. The one thing that must never be.</param>
/// <param name="Unexpected">Stored and never sent.</param>
/// <param name="Doubled">Stored more than once.</param>
internal sealed record Balance(int Acknowledged, int Stored, IReadOnlyList<int> Lost, IReadOnlyList<int> Unexpected, IReadOnlyList<int> Doubled)
{
    public static Balance Of(Sender sender, IReadOnlyCollection<int> stored) => Of(
        [.. sender.Sent.Where(s => s.Value).Select(s => s.Key)], sender.Sent.Keys, stored);

    public static Balance Of(IReadOnlyCollection<int> acknowledged, IEnumerable<int> attempted, IReadOnlyCollection<int> stored) => new(
        acknowledged.Count, stored.Count, [.. acknowledged.Except(stored)], [.. stored.Except(attempted)],
        [.. stored.CountBy(n => n).Where(n => n.Value > 1).Select(n => n.Key)]);

    public void AssertEven()
    {
        Assert.Empty(Lost);
        Assert.Empty(Unexpected);
        Assert.Empty(Doubled);
    }
}
