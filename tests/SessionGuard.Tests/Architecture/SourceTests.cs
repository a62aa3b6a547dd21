using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Architecture;

public sealed partial class SourceTests
{
    private static readonly string[] Impure =
    [
        "EntityFrameworkCore", "System.Net.Http", "HttpClient", "Microsoft.AspNetCore", "ILogger", "LoggerMessage", "TimeProvider", "IConfiguration",
        "IOptions", "File.",
    ];

    /// <summary>What a component is given is as public as the component.</summary>
    private static IEnumerable<Type> ComponentParameters => typeof(SessionGuardDb).Assembly.GetExportedTypes()
        .Where(t => t.IsAssignableTo(typeof(IComponent)))
        .SelectMany(t => t.GetProperties()).Where(p => p.IsDefined(typeof(ParameterAttribute))).Select(p => p.PropertyType)
        .SelectMany(t => t.GetProperties().Select(p => p.PropertyType).SelectMany(p => p.GetGenericArguments().Append(p)).Append(t));

    [Fact]
    public void A_rule_knows_no_database_no_network_no_log_and_no_clock()
    {
        var rules = Source.FilesIn(Path.Combine(Source.App, "Rules")).ToList();

        Assert.True(rules.Count > RuleList.All.Count, "The rules were not found.");
        Assert.Empty(rules.SelectMany(f => Impure.Where(word => File.ReadAllText(f).Contains(word, StringComparison.Ordinal))
            .Select(word => $"{Short(f)} names {word}")));
    }

    [Fact]
    public void A_rules_id_stands_once_in_the_code_and_that_is_in_its_own_file()
    {
        var code = Directory.EnumerateFiles(Path.Combine(Source.Root, "src"), "*.cshtml", SearchOption.AllDirectories)
            .Concat(Source.FilesIn(Path.Combine(Source.Root, "src")))
            .SelectMany(f => File.ReadLines(f).Where(line => !line.TrimStart().StartsWith("///", StringComparison.Ordinal)), (f, line) => (File: Short(f), Line: line))
            .ToList();

        Assert.All(RuleList.All, rule =>
            Assert.StartsWith("src/SessionGuard/Rules/", Assert.Single(code, c => c.Line.Contains(rule.Id, StringComparison.Ordinal)).File, StringComparison.Ordinal));
    }

    [Fact]
    public void Only_the_Zoom_folder_knows_the_names_in_Zooms_JSON() =>
        Assert.Empty(Source.FilesIn(Source.App).Where(f => !Short(f).StartsWith("src/SessionGuard/Zoom/", StringComparison.Ordinal))
            .Where(f => File.ReadAllText(f).Contains("JsonPropertyName", StringComparison.Ordinal)).Select(Short));

    /// <summary>
    /// Storage says once how the engines differ. Beside it: the inbox's stores, which write by hand; backups, which are files of one and dumps of
    /// the other; and the job engine, which shares its schedule where there is a server.
    /// </summary>
    [Fact]
    public void Only_storage_the_inbox_the_backups_and_the_job_engine_know_which_database_it_is() =>
        Assert.Empty(Source.FilesIn(Source.App)
            .Where(f => !Short(f).Split('/').Any(folder => folder is "Storage" or "Webhooks" or "Backups" or "Jobs"))
            .Where(f => EngineSwitch().IsMatch(File.ReadAllText(f))).Select(Short));

    [Fact]
    public void Rows_are_claimed_by_one_class() =>
        Assert.Empty(Source.FilesIn(Source.App).Where(f => !Short(f).Split('/').Contains("Storage"))
            .Where(f => File.ReadAllText(f).Contains("SKIP LOCKED", StringComparison.Ordinal)).Select(Short));

    [Fact]
    public void No_file_is_longer_than_300_lines_and_the_table_of_contents_no_longer_than_40()
    {
        var files = Directory.GetDirectories(Source.Root).Where(d => Path.GetFileName(d) is "src" or "tests" or "infra").SelectMany(Source.FilesIn).ToList();

        Assert.NotEmpty(files);
        Assert.Empty(files.Where(f => File.ReadLines(f).Count() > 300).Select(Short));
        Assert.InRange(File.ReadLines(Path.Combine(Source.App, "Program.cs")).Count(), 1, 40);
    }

    [Fact]
    public void Only_what_a_framework_must_see_is_public() =>
        Assert.Empty(typeof(SessionGuardDb).Assembly.GetExportedTypes().Where(t => !MustBePublic(t)).Except(ComponentParameters).Select(t => t.FullName));

    /// <summary>Such as GetX, CreateX, DescribeX: a name that can be searched for.</summary>
    [Fact]
    public void A_method_is_named_by_a_verb() =>
        Assert.DoesNotContain(
            typeof(SessionGuardDb).Assembly.GetTypes().SelectMany(t => t.GetMethods(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)),
            m => m.Name is "Of" or "OfAsync");

    [Fact]
    public void Every_folder_of_tests_is_named_like_the_folder_it_tests()
    {
        var tests = Path.Combine(Source.Root, "tests", "SessionGuard.Tests");
        var folders = Source.FilesIn(tests).Select(f => Path.GetRelativePath(tests, Path.GetDirectoryName(f)!).Replace('\\', '/')).Distinct().ToList();
        var ofTheirOwn = new[] { ".", "Testing", "Architecture", "Infra", "Demo", "ZoomSandbox" };

        Assert.NotEmpty(folders);
        Assert.DoesNotContain(folders, f => !ofTheirOwn.Contains(f.Split('/')[0]) && !Directory.Exists(Path.Combine(Source.App, f)));
    }

    /// <summary>Pages and components are made by generated code, migrations by a tool; records of the API are its published shape.</summary>
    private static bool MustBePublic(Type type) =>
        type == typeof(Program) || type.Name == "_Imports"
        || type.IsAssignableTo(typeof(PageModel)) || type.IsAssignableTo(typeof(IComponent)) || type.IsAssignableTo(typeof(PageBase))
        || type.IsAssignableTo(typeof(Microsoft.AspNetCore.Mvc.Razor.RazorPageBase))
        || type.IsAssignableTo(typeof(Migration)) || type.IsAssignableTo(typeof(ModelSnapshot))
        || (type.Namespace == "SessionGuard.Surfaces.Api" && type.GetMethod("<Clone>$") is not null) || type == typeof(Page<>)
        || (type.DeclaringType is { } outer && MustBePublic(outer));

    private static string Short(string file) => Path.GetRelativePath(Source.Root, file).Replace('\\', '/');

    [GeneratedRegex(@"\bIsNpgsql\(|\bIsSqlite\(|\bStorageEngine\.|\bDatabase\.ProviderName\b|\bPRAGMA\b")]
    private static partial Regex EngineSwitch();
}
