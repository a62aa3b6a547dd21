using System.Text;
using SessionGuard.Rules;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Architecture;

/// <summary>The table of rules in <c>infra/rules.md</c> is made from the list of rules.</summary>
public sealed class RulesPageTests
{
    private const string Begin = "<!-- made from the list of rules: do not edit -->\n";
    private const string End = "<!-- up to here -->\n";

    /// <summary>Set to 1, the test writes the page anew instead of comparing it.</summary>
    private const string Rewrite = "SESSIONGUARD_REWRITE_PAGES";

    [Fact]
    public async Task The_page_of_rules_says_what_the_rules_say()
    {
        var page = Path.Combine(Source.Root, "infra", "rules.md");
        var text = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var expected = text[..from] + Table() + text[to..];
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
        {
            await File.WriteAllTextAsync(page, expected, TestContext.Current.CancellationToken);
            return;
        }

        Assert.True(expected == text, $"infra/rules.md is not as the rules say. Write it anew with: {Rewrite}=1 infra/test.sh FullyQualifiedName~{nameof(RulesPageTests)}");
    }

    private static string Table()
    {
        var table = new StringBuilder("| rule | asks | how grave it is when missing | what is done | duties |\n|---|---|---|---|---|\n");
        foreach (var rule in RuleList.All)
        {
            table.Append(null, $"| `{rule.Id}`: {rule.Title} | {rule.Question} | {DescribeSeverity(rule)} | {DescribeWhatIsDone(rule)} | {rule.Duties} |\n");
        }

        return table.ToString();
    }

    private static string DescribeSeverity(Rule rule)
    {
        string?[] parts = [Word(rule.Severity), rule.SeverityFromStart is { } from ? $"{Word(from)} from the start of the class on" : null, rule.SeverityCases];
        return string.Join("; ", parts.OfType<string>());
    }

    private static string DescribeWhatIsDone(Rule rule) => rule switch
    {
        SettingsRule { Mending: Mending.ByService service } => $"we ask Zoom to {service.Wish}",
        SettingsRule { Mending: Mending.ByTeacher } => "the teacher is asked to, by mail",
        SettingsRule { Mending: var mending } => throw new InvalidOperationException($"The page has no words for {mending.GetType().Name}."),
        _ => rule.LeadsNextStep,
    };

    private static string Word(Severity severity) => severity.ToString().ToLowerInvariant();
}
