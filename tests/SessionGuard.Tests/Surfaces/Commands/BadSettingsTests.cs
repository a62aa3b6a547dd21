using System.Net;
using System.Net.Sockets;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Commands;

public sealed class BadSettingsTests
{
    [Theory]
    [InlineData("Storage:Engine", "--Storage:Engine=Oracle")]
    [InlineData("Storage:Engine", "--Storage:Engine=7")]
    [InlineData("Storage:ConnectionString", "--Storage:Engine=PostgreSql")]
    [InlineData("Storage:ConnectionString", "--Storage:Engine=PostgreSql", "--Storage:ConnectionString=Nonsense=1")]
    [InlineData("Storage:ConnectionString", "--Storage:Engine=PostgreSql", "--Storage:ConnectionString=Host=127.0.0.1;Port=1;Username=nobody;Database=none")]
    [InlineData("Storage:ConnectionString", "--Storage:ConnectionString=Nonsense=1")]
    [InlineData("Storage:ConnectionString", "--Storage:ConnectionString=Data Source=/proc/none/x.db")]
    [InlineData("Storage:MigrationTimeout", "--Storage:MigrationTimeout=00:00:04")]
    [InlineData("Storage:MigrateOnStart", "--Storage:MigrateOnStart=perhaps")]
    [InlineData("DataFolder", "--DataFolder=/proc/none")]
    [InlineData("DataFolder", "--DataFolder=")]
    [InlineData("PublicUrl", "--PublicUrl=lessons")]
    [InlineData("Jobs:Enabled", "--Jobs:Enabled=sometimes")]
    [InlineData("Mail:Smtp:Port", "--Mail:Smtp:Port=smtp")]
    [InlineData("Mail:Smtp:Port", "--Mail:Smtp:Port=70000")]
    [InlineData("Zoom:ApiBaseUrl", "--Zoom:ApiBaseUrl=http://elsewhere.example/")]
    [InlineData("Zoom:SignatureTolerance", "--Zoom:SignatureTolerance=00:01:00")]
    [InlineData("Authentication:Jwt:SigningKey", "--Authentication:Jwt:SigningKey=short")]
    [InlineData("Security:MasterKeyFile", "--Security:MasterKeyFile=not-a-key.txt")]
    [InlineData("Web:KnownProxies", "--Web:KnownProxies=proxy.school.example")]
    [InlineData("Metrics:Token", "--Metrics:Token=short")]
    [InlineData("Organisations:0:Name", "--Organisations:0:Slug=alder")]
    [InlineData("Organisations:0:TimeZone", "--Organisations:0:Slug=alder", "--Organisations:0:Name=Alder", "--Organisations:0:TimeZone=Mars")]
    [InlineData("--urls", "--urls=nonsense")]
    public async Task A_wrong_setting_stops_the_start_with_one_sentence_that_names_it(string key, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "not-a-key.txt"), "hello");

        // First, so that the one about the address counts.
        var (exitCode, _, error) = await ProgramRun.ToEndAsync(folder, ["--urls=http://127.0.0.1:0", .. arguments]);

        AssertOneSentence(key, exitCode, error);
    }

    [Fact]
    public async Task A_verb_with_a_slip_in_it_does_not_start_the_service()
    {
        using var folder = new TemporaryFolder();

        var (exitCode, _, error) = await ProgramRun.ToEndAsync(folder, ["migrat"]);

        AssertOneSentence("migrat", exitCode, error);
    }

    [Fact]
    public async Task A_configuration_file_that_cannot_be_read_is_named()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "appsettings.json"), "{ \"PublicUrl\": ");

        var (exitCode, _, error) = await ProgramRun.ToEndAsync(folder, ["serve"]);

        AssertOneSentence("appsettings.json", exitCode, error);
    }

    [Fact]
    public async Task An_address_that_is_in_use_is_named_with_the_setting_that_changes_it()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://{taken.LocalEndpoint}";

        var (exitCode, _, error) = await ProgramRun.ToEndAsync(folder, ["serve", "--urls", address]);

        AssertOneSentence(address, exitCode, error);
        Assert.Contains("--urls", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verb_tells_a_wrong_setting_as_serve_does()
    {
        using var folder = new TemporaryFolder();

        var (exitCode, output, error) = await ProgramRun.ToEndAsync(folder, ["ledger", "verify", "--Storage:Engine=Oracle"]);

        AssertOneSentence("Storage:Engine", exitCode, error);
        Assert.Empty(output);
    }

    private static void AssertOneSentence(string key, int exitCode, string error)
    {
        Assert.Equal(1, exitCode);
        Assert.Contains(key, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", error, StringComparison.Ordinal);
    }
}
