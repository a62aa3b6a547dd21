using System.Net;
using System.Net.NetworkInformation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Commands;

public sealed class VerbTests
{
    [Fact]
    public async Task Every_verb_has_help_and_the_version_is_told()
    {
        using var folder = new TemporaryFolder();
        var (_, help, _) = await ProgramRun.ToEndAsync(folder, ["--help"]);
        foreach (var verb in (string[])["serve", "migrate", "ledger", "account", "token", "seed", "backup", "restore", "retention"])
        {
            Assert.Contains($"  {verb} ", help, StringComparison.Ordinal);
            Assert.Equal(0, (await ProgramRun.ToEndAsync(folder, [verb, "--help"])).ExitCode);
        }

        Assert.Matches(@"^\d+\.\d+\.\d+", (await ProgramRun.ToEndAsync(folder, ["--version"])).Output);
    }

    [Fact]
    public async Task Without_any_configuration_it_serves_at_port_5080_from_a_folder_only_it_may_read()
    {
        Assert.SkipWhen(
            IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(l => l.Port == 5080), "Another program listens at port 5080.");
        using var folder = new TemporaryFolder();
        await using var run = ProgramRun.Start(folder, []);

        Assert.Contains("http://localhost:5080", await run.LineAsync("Now listening on"), StringComparison.Ordinal);
        await run.LineAsync("Application started");
        Assert.Equal(0, await run.StopAsync());
        Assert.True(File.Exists(Path.Combine(folder, "data", "sessionguard.db")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(folder, "data")));
        }
    }

    [Fact]
    public async Task The_command_line_and_the_environment_choose_the_address()
    {
        using var folder = new TemporaryFolder();
        await using var byArgument = ProgramRun.Start(folder, ["serve", "--urls", "http://127.0.0.1:0", "--DataFolder=one"]);
        await using var byVariable = ProgramRun.Start(
            folder, ["serve", "--DataFolder=two"], new Dictionary<string, string?> { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" });

        Assert.Contains("http://127.0.0.1:", await byArgument.LineAsync("Now listening on"), StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:", await byVariable.LineAsync("Now listening on"), StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    internal async Task Operators_verbs_work_beside_the_running_service(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var settings = SettingsOf(app, engine);

        var added = await ProgramRun.ToEndAsync(
            app.Folder, ["account", "add", "--organisation", App.Slug, "--email", "pat@alder.example", "--name", "Pat Admin", "--role", "admin"], settings);
        Assert.Equal((0, ""), (added.ExitCode, added.Error));
        Assert.Equal("pat@alder.example is Admin of alder and signs in at https://lessons.alder.example/sign-in.", added.Output.Trim());
        var account = await app.ReadAsync(db => db.AccountsAt("pat@alder.example").SingleAsync());
        Assert.Equal((Role.Admin, "Pat Admin", app.School.Id), (account.Role, account.DisplayName, account.OrganisationId));

        var sound = await ProgramRun.ToEndAsync(app.Folder, ["ledger", "verify"], settings);
        Assert.Equal((0, ""), (sound.ExitCode, sound.Error));
        Assert.Matches("^alder: 4 entries, sound, end [0-9a-f]{64}$", sound.Output.Trim());

        var token = await ProgramRun.ToEndAsync(app.Folder, ["token", "--organisation", App.Slug, "--role", "Lead"], settings);
        Assert.Equal((0, ""), (token.ExitCode, token.Error));
        Assert.Matches(@"^[\w-]+\.[\w-]+\.[\w-]+$", token.Output.Trim());

        await app.ReadAsync(db => db.Set<LedgerHead>().ExecuteDeleteAsync());
        var broken = await ProgramRun.ToEndAsync(app.Folder, ["ledger", "verify", "--organisation", App.Slug], settings);
        Assert.Equal(1, broken.ExitCode);
        Assert.Equal("alder: entry 4 is the last, and the chain's recorded end is missing", broken.Output.Trim());
    }

    [Theory, OnEachEngine]
    internal async Task A_closed_account_is_refused_at_once_and_can_be_opened_again(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var settings = SettingsOf(app, engine);
        string[] sam = ["--organisation", App.Slug, "--email", "sam@alder.example"];
        string[] add = ["account", "add", .. sam, "--name", "Sam Reed", "--role", "deputy"];
        Assert.Equal(0, (await ProgramRun.ToEndAsync(app.Folder, add, settings)).ExitCode);
        var account = await app.ReadAsync(db => db.AccountsAt("sam@alder.example").SingleAsync());
        using var client = app.WithToken(account);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/people")).StatusCode);
        Assert.Null(await DutyEndAsync());

        var closed = await ProgramRun.ToEndAsync(app.Folder, ["account", "close", .. sam], settings);

        Assert.Equal((0, "", "sam@alder.example is closed: from their next request on they are refused."), (closed.ExitCode, closed.Error, closed.Output.Trim()));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/people")).StatusCode);
        Assert.NotNull(await DutyEndAsync());
        var again = await ProgramRun.ToEndAsync(app.Folder, ["account", "close", .. sam], settings);
        Assert.Equal((1, "alder has no open account at sam@alder.example."), (again.ExitCode, again.Error.Trim()));
        Assert.Equal(0, (await ProgramRun.ToEndAsync(app.Folder, add, settings)).ExitCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/people")).StatusCode);
        Assert.Equal(
            ["account.added", "account.closed", "account.added"],
            await app.ReadAsync(db => db.Set<LedgerEntry>().Where(e => e.Subject == $"account:{account.Id}").OrderBy(e => e.Sequence).Select(e => e.Action).ToListAsync()));

        Task<DateTimeOffset?> DutyEndAsync() => app.ReadAsync(db => db.Set<RoleHolder>().Where(h => h.Duty == Duty.Deputy).Select(h => h.To).SingleAsync());
    }

    [Fact]
    public async Task Whoever_closes_the_leads_account_hears_that_another_must_be_named()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var closed = await ProgramRun.ToEndAsync(app.Folder, ["account", "close", "--organisation", App.Slug, "--email", "Lead@alder.example"], SettingsOf(app, StorageEngine.Sqlite));

        Assert.Contains("They are still the safeguarding lead of alder", closed.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--email", "Robin <robin@alder.example>")]
    [InlineData("--role", "headmaster")]
    public async Task An_account_with_a_wrong_argument_is_refused(string option, string value)
    {
        using var folder = new TemporaryFolder();
        var arguments = new Dictionary<string, string> { ["--organisation"] = "alder", ["--email"] = "a@b.example", ["--name"] = "A", ["--role"] = "Lead" };
        arguments[option] = value;

        var (exitCode, _, error) = await ProgramRun.ToEndAsync(folder, ["account", "add", .. arguments.SelectMany(a => (string[])[a.Key, a.Value])]);

        Assert.Equal(1, exitCode);
        Assert.Contains(option, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, "data")));
    }

    [Fact]
    public async Task A_verb_about_an_unknown_school_says_so()
    {
        using var folder = new TemporaryFolder();

        var (exitCode, _, error) = await ProgramRun.ToEndAsync(
            folder, ["account", "add", "--organisation", "nowhere", "--email", "a@b.example", "--name", "A", "--role", "Lead"]);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("There is no organisation nowhere.", error, StringComparison.Ordinal);
    }

    private static Dictionary<string, string?> SettingsOf(App app, StorageEngine engine) =>
        App.Settings(app.Folder, engine, engine is StorageEngine.Sqlite ? "" : app.Services.GetRequiredService<PostgresConnections>().ConnectionString);
}
