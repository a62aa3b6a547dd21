using SessionGuard.Platform.Storage;

namespace SessionGuard.Tests.Architecture;

/// <summary>Who may know whom. A feature is the first part of a namespace under <c>SessionGuard</c>.</summary>
public sealed class FeatureTests
{
    private const string Ground = "Storage";

    /// <summary>The table of contents, the schedule, and what every feature shares.</summary>
    private const string Root = "";

    private static readonly Lazy<Dictionary<(string From, string To), string>> Edges = new(ReadEdges);

    [Fact]
    public void Features_know_each_other_without_a_circle()
    {
        var edges = Edges.Value.Where(e => e.Key.From != Root && e.Key.To is not (Root or Ground) && e.Key.From != Ground).ToList();
        Assert.NotEmpty(edges);

        Assert.Empty(Circles(edges).Select(e => $"{e.Key.From} knows {e.Key.To}: {e.Value}").Order());
    }

    [Fact]
    public void A_circle_would_be_found()
    {
        KeyValuePair<(string, string), string>[] edges = [new(("A", "B"), ""), new(("B", "C"), ""), new(("C", "A"), ""), new(("A", "D"), "")];

        Assert.Equal(edges[..3], Circles([.. edges]));
        Assert.Empty(Circles([.. edges[1..]]));
    }

    [Fact]
    public void Storage_knows_only_accounts_the_ledger_and_what_seals_a_column() =>
        Assert.Empty(Edges.Value.Where(e => e.Key.From == Ground && e.Key.To is not ("Accounts" or "Ledger" or "Security" or Root))
            .Select(e => $"{e.Key.To}: {e.Value}"));

    [Fact]
    public void The_rules_know_no_other_feature() =>
        Assert.Empty(Edges.Value.Where(e => e.Key.From == "Safeguards").Select(e => $"{e.Key.To}: {e.Value}"));

    [Fact]
    public void Only_the_demo_knows_the_sandbox() =>
        Assert.Empty(Edges.Value.Where(e => e.Key.To == "ZoomSandbox" && e.Key.From is not "Demo").Select(e => $"{e.Key.From}: {e.Value}"));

    [Fact]
    public void The_sandbox_knows_nothing_of_the_service() =>
        Assert.DoesNotContain(typeof(global::SessionGuard.ZoomSandbox.SandboxServer).Assembly.GetReferencedAssemblies(), a => a.Name == typeof(SessionGuardDb).Assembly.GetName().Name);

    /// <summary>Takes away whoever knows nobody that is left, again and again: what stays goes round in circles.</summary>
    private static List<KeyValuePair<(string From, string To), string>> Circles(List<KeyValuePair<(string From, string To), string>> edges)
    {
        HashSet<string> knowing;
        do
        {
            knowing = [.. edges.Select(e => e.Key.From)];
        }
        while (edges.RemoveAll(e => !knowing.Contains(e.Key.To)) > 0);
        return edges;
    }

    private static Dictionary<(string From, string To), string> ReadEdges()
    {
        var edges = new Dictionary<(string, string), string>();
        foreach (var type in typeof(SessionGuardDb).Assembly.GetTypes().Where(t => FeatureOf(t) is not null))
        {
            foreach (var named in CodeMap.NamedBy(type))
            {
                if (FeatureOf(named) is { } to && FeatureOf(type) is { } from && from != to)
                {
                    edges.TryAdd((from, to), $"{type.FullName} names {named.Name}");
                }
            }
        }

        return edges;
    }

    /// <summary>Null for a type that is not ours.</summary>
    private static string? FeatureOf(Type type) => (type.Namespace ?? "").Split('.') switch
    {
        ["SessionGuard"] => Root,
        ["SessionGuard", var feature, ..] => feature,
        _ => null,
    };
}
