using System.Xml.Linq;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Infra;

public sealed class VersionTests(SchoolApp fixture) : IClassFixture<SchoolApp>
{
    [Fact]
    public async Task The_one_number_in_the_build_is_told_by_the_program_and_at_the_foot_of_staff_pages_alone()
    {
        var number = XDocument.Load(Path.Combine(Source.Root, "Directory.Build.props")).Descendants("Version").Single().Value;
        using var folder = new TemporaryFolder();
        using var admin = await fixture.App.BrowserOfAsync(fixture.School.AccountOf(Who.Admin));
        using var stranger = fixture.App.Stranger();

        Assert.StartsWith(number, (await ProgramRun.ToEndAsync(folder, ["--version"])).Output, StringComparison.Ordinal);
        Assert.Contains($"<p>SessionGuard {number}</p>", await admin.GetStringAsync("/jobs"), StringComparison.Ordinal);
        Assert.Contains("<p>SessionGuard</p>", await stranger.GetStringAsync("/sign-in"), StringComparison.Ordinal);
    }
}
