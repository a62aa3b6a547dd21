using SessionGuard.Platform.Storage;

namespace SessionGuard.Tests.Platform.Storage;

public sealed class SchemaHistoryTests
{
    private static readonly string[] Known = ["20261130120000_Initial", "20261201120000_Concerns"];

    [Fact]
    public void What_this_program_knows_is_taken() => Assert.Null(Refuse("20261130120000_Initial"));

    [Fact]
    public void What_is_newer_is_called_newer() =>
        Assert.Equal(
            "The database is newer than this program: it has the schema change 20270101120000_Later. Start the newer program again.",
            Refuse("20261130120000_Initial", "20270101120000_Later"));

    [Fact]
    public void What_is_older_than_the_first_change_is_not_called_newer() =>
        Assert.StartsWith(
            "The database is from before the first release: it has the schema change 20261129122634_SchoolsSideBySide",
            Refuse("20261101120000_Initial", "20261129122634_SchoolsSideBySide"),
            StringComparison.Ordinal);

    private static string? Refuse(params string[] applied) => SchemaHistory.Refuse("The database", Known, applied, "Start the newer program again.");
}
