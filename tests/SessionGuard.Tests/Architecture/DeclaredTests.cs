using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Retention;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Architecture;

/// <summary>What the features declare as their own. Each test prints its list.</summary>
public sealed partial class DeclaredTests : IAsyncLifetime
{
    private static readonly Assembly Program = typeof(SessionGuardDb).Assembly;

    private App _app = null!;

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(StorageEngine.Sqlite);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public void Each_ledger_action_is_declared_once_and_written_somewhere()
    {
        var declared = Declared<LedgerAction>(a => $"{a.Word}: {a.Meaning}");

        Assert.Empty(Twice(declared.Select(a => a.Word)));
        Assert.Empty(Twice(declared.Select(a => a.Meaning)));
        Assert.Empty(Fields<LedgerAction>().Where(f => !declared.Contains(ValueOf<LedgerAction>(f))).Select(NameOf));
        Assert.Empty(Unused<LedgerAction>());
        Assert.Empty(MadeElsewhere<LedgerAction>());
    }

    /// <summary>The page keeps the words, too: one that is stored may never change.</summary>
    [Fact]
    public async Task The_page_about_the_ledger_has_every_action_with_its_meaning()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Source.Root, "infra", "ledger.md"), TestContext.Current.CancellationToken);

        Assert.Equal(
            Declared<LedgerAction>(a => a.Word).OrderBy(a => a.Word, StringComparer.Ordinal).Select(a => $"| `{a.Word}` | {a.Meaning} |"),
            ActionRow().Matches(page).Select(row => row.Value));
    }

    [Fact]
    public void Each_purpose_of_mail_is_declared_once_written_somewhere_and_known_to_the_page_of_undelivered_mail()
    {
        var declared = Declared<MailPurpose>(p => $"{p.Word}: {p.Undelivered}");
        var known = _app.Services.GetRequiredService<MailPurposes>();

        Assert.Empty(Twice(declared.Select(p => p.Word)));
        Assert.Empty(Twice(declared.Select(p => p.Undelivered)));
        Assert.Empty(Fields<MailPurpose>().Where(f => !declared.Contains(ValueOf<MailPurpose>(f))).Select(NameOf));
        Assert.Empty(Unused<MailPurpose>());
        Assert.Empty(MadeElsewhere<MailPurpose>());
        Assert.Equal(["ask", "digest", "flag", "repair-note", "sign-in", "student-reminder"], declared.Select(p => p.Word).Order(StringComparer.Ordinal));
        Assert.All(declared, p => Assert.Equal(p.Undelivered, known.DescribeUndelivered(p.Word)));
    }

    [Fact]
    public void What_is_deleted_by_itself_goes_evidence_first_and_each_kind_once()
    {
        var all = _app.Services.GetRequiredService<Expiries>().All;
        all.ToList().ForEach(e => Print($"{e.Stage} {e.Place}: {e.Kind}, {e.Keep.TotalDays} days"));

        Assert.Equal(
            [
                "deliveries", "mail texts", "sign-in links", "counters of changes", "settings",
                "answers", "check-ins", "attestations", "asks", "links to answer by", "rule results", "attendance",
                "dismissed flags", "settled flags",
            ],
            all.Select(e => e.Kind));
        Assert.Empty(Twice(all.Select(e => $"{e.Stage} {e.Place}")));
        Assert.Equal(Implementations<IExpirySource>(), _app.Services.GetServices<IExpirySource>().Select(s => s.GetType().Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_folder_logs_under_the_block_of_event_ids_that_the_page_about_watching_names()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Source.Root, "infra", "watching.md"), TestContext.Current.CancellationToken);
        var used = Program.GetTypes().SelectMany(t => t.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
                .Select(m => m.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>().Select(log => (Block: log.EventId / 100 * 100, Folder: FolderOf(t))))
            .Distinct().Order().ToList();
        used.ForEach(u => Print($"{u.Block}: {u.Folder}"));

        Assert.Equal(used, BlockRow().Matches(page).Select(row => (int.Parse(row.Groups["block"].ValueSpan, CultureInfo.InvariantCulture), row.Groups["folder"].Value)));
    }

    private static string FolderOf(Type type) => type.Namespace!["SessionGuard.".Length..];

    private static List<string> Twice(IEnumerable<string> values) => [.. values.GroupBy(v => v, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key)];

    private static IEnumerable<FieldInfo> Fields<T>() => Program.GetTypes()
        .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)).Where(f => f.FieldType == typeof(T));

    private static T ValueOf<T>(FieldInfo field) => (T)field.GetValue(null)!;

    private static string NameOf(MemberInfo member) => $"{member.DeclaringType!.Name}.{member.Name}";

    /// <summary>Those that are declared and that no code beside the declaration names.</summary>
    private static List<string> Unused<T>()
    {
        var used = Program.GetTypes().Where(t => !t.Name.EndsWith("Feature", StringComparison.Ordinal)).SelectMany(CodeMap.MembersNamedBy)
            .Where(n => n.By is not ConstructorInfo { IsStatic: true }).Select(n => n.Named).OfType<FieldInfo>().Where(f => f.FieldType == typeof(T)).Select(NameOf).ToHashSet();
        return [.. Fields<T>().Select(NameOf).Where(name => !used.Contains(name))];
    }

    /// <summary>Code that makes one anywhere but for a field that holds it.</summary>
    private static List<string> MadeElsewhere<T>() =>
    [
        .. Program.GetTypes().SelectMany(CodeMap.MembersNamedBy)
            .Where(n => n.Named is MethodInfo { Name: "Declare" } && n.Named.DeclaringType == typeof(T) && n.By is not ConstructorInfo { IsStatic: true }).Select(n => NameOf(n.By)),
    ];

    private static IEnumerable<string> Implementations<T>() =>
        Program.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(T))).Select(t => t.Name).Order(StringComparer.Ordinal);

    private static void Print(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    private List<T> Declared<T>(Func<T, string> line)
        where T : class
    {
        var declared = _app.Services.GetServices<T>().ToList();
        declared.ForEach(d => Print(line(d)));
        Assert.NotEmpty(declared);
        return declared;
    }

    [GeneratedRegex(@"^\| `[a-z.-]+` \| .+ \|$", RegexOptions.Multiline)]
    private static partial Regex ActionRow();

    [GeneratedRegex(@"^\| (?<block>\d+) \| (?<folder>[\w.]+) \|", RegexOptions.Multiline)]
    private static partial Regex BlockRow();
}
