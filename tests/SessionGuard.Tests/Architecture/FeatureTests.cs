using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Architecture;

/// <summary>
/// Who may know whom. An area is the first part of a namespace under <c>SessionGuard</c>, a folder is all of it. What is known is read
/// from the compiled code, so that no file is left out.
/// </summary>
public sealed class FeatureTests
{
    /// <summary>The lower ones first: each may name those before it. The contents page, at the root, names them all.</summary>
    private static readonly string[] Areas = ["Platform", "Zoom", "School", "Rules", "Classes", "Safeguarding", "Surfaces", "Composition", Root];

    /// <summary>Where <c>Program</c> stands.</summary>
    private const string Root = "";

    private static readonly Lazy<Dictionary<(string From, string To), string>> Edges = new(ReadEdges);

    [Fact]
    public void An_area_names_only_those_below_it() =>
        Assert.Empty(Edges.Value.Where(e => Array.IndexOf(Areas, AreaOf(e.Key.To)) > Array.IndexOf(Areas, AreaOf(e.Key.From)))
            .Select(e => $"{e.Key.From} knows {e.Key.To}: {e.Value}").Order());

    [Fact]
    public void Folders_know_each_other_without_a_circle()
    {
        var edges = Edges.Value.Where(e => !IsOneRoom(e.Key.From, e.Key.To)).ToList();
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

    /// <summary>A verb that seeds is a verb, so the folder of the verbs may be named.</summary>
    [Fact]
    public void Surfaces_name_the_shell_and_the_verbs_and_no_other_surface() =>
        Assert.Empty(Edges.Value
            .Where(e => AreaOf(e.Key.From) == "Surfaces" && AreaOf(e.Key.To) == "Surfaces" && e.Key.From != "Surfaces")
            .Where(e => e.Key.To is not ("Surfaces.Shell" or "Surfaces.Commands"))
            .Select(e => $"{e.Key.From} knows {e.Key.To}: {e.Value}"));

    [Fact]
    public void The_rules_name_nothing_outside_their_area() =>
        Assert.Empty(Edges.Value.Where(e => e.Key.From == "Rules").Select(e => $"{e.Key.To}: {e.Value}"));

    [Fact]
    public void Every_file_stands_in_an_area_and_its_namespace_is_its_folder()
    {
        var misplaced = Source.FilesIn(Source.App).Select(file => (
            File: Path.GetRelativePath(Source.Root, file),
            Expected: string.Join('.', Path.GetRelativePath(Path.Combine(Source.Root, "src"), Path.GetDirectoryName(file)!).Split('/', '\\')),
            Declared: File.ReadLines(file).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))?[10..].TrimEnd(';'))).ToList();

        Assert.NotEmpty(misplaced);
        Assert.Empty(misplaced.Where(f => f.Declared != f.Expected).Select(f => $"{f.File} declares {f.Declared}"));
        Assert.Empty(Directory.GetDirectories(Source.App).Select(Path.GetFileName).Except([.. Areas, "wwwroot", "bin", "obj"]));
    }

    [Fact]
    public void The_service_knows_neither_its_demo_nor_the_fake_Zoom() =>
        Assert.DoesNotContain(
            typeof(SessionGuardDb).Assembly.GetReferencedAssemblies(),
            a => a.Name is "sessionguard-demo" or "SessionGuard.ZoomSandbox");

    [Fact]
    public void The_sandbox_knows_nothing_of_the_service() =>
        Assert.DoesNotContain(
            typeof(global::SessionGuard.ZoomSandbox.SandboxServer).Assembly.GetReferencedAssemblies(),
            a => a.Name == typeof(SessionGuardDb).Assembly.GetName().Name);

    /// <summary>A folder and one inside it are one room with a wall in it.</summary>
    private static bool IsOneRoom(string one, string other) =>
        one.StartsWith($"{other}.", StringComparison.Ordinal) || other.StartsWith($"{one}.", StringComparison.Ordinal);

    /// <summary>Takes away whoever knows nobody that is left, or is known by nobody, again and again: what stays goes round in circles.</summary>
    private static List<KeyValuePair<(string From, string To), string>> Circles(List<KeyValuePair<(string From, string To), string>> edges)
    {
        HashSet<string> knowing;
        HashSet<string> known;
        do
        {
            knowing = [.. edges.Select(e => e.Key.From)];
            known = [.. edges.Select(e => e.Key.To)];
        }
        while (edges.RemoveAll(e => !knowing.Contains(e.Key.To) || !known.Contains(e.Key.From)) > 0);
        return edges;
    }

    private static Dictionary<(string From, string To), string> ReadEdges()
    {
        var edges = new Dictionary<(string, string), string>();
        foreach (var type in typeof(SessionGuardDb).Assembly.GetTypes().Where(t => FolderOf(t) is not null))
        {
            foreach (var named in CodeMap.NamedBy(type))
            {
                if (FolderOf(named) is { } to && FolderOf(type) is { } from && from != to)
                {
                    edges.TryAdd((from, to), $"{type.FullName} names {named.Name}");
                }
            }
        }

        return edges;
    }

    private static string AreaOf(string folder) => folder.Split('.')[0];

    /// <summary>Null for a type that is not the service's own, and for migrations, which a tool makes.</summary>
    private static string? FolderOf(Type type) => (type.Namespace ?? "").Split('.') switch
    {
        ["SessionGuard", "Migrations", ..] or ["SessionGuard", "ZoomSandbox" or "Demo", ..] => null,
        ["SessionGuard", .. var folder] => string.Join('.', folder),
        _ => null,
    };
}
