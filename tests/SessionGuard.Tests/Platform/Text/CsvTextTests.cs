using System.Text;
using CsCheck;
using SessionGuard.Platform.Text;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Text;

public sealed class CsvTextTests
{
    /// <summary>What strangers may have written, and whether a spreadsheet might take it for more than text.</summary>
    public static TheoryData<string, bool> Cells { get; } = new()
    {
        { "Maya", false },
        { "", false },
        { "Zoë \uD83E\uDD8A", false },
        { "O'Neill, Sam", false },
        { "She said \"hi\"", false },
        { "two\r\nlines", false },
        { "a=1+1", false },
        { "2026-11-24T17:00:00+00:00", false },
        { "=1+1", true },
        { "=HYPERLINK(\"https://evil.test\",\"Maya\")", true },
        { "+441632960001", true },
        { "-2+3", true },
        { "@SUM(A1)", true },
        { "\t=1+1", true },
        { "\r=1+1", true },
        { "\n=1+1", true },
        { "\0=1+1", true },
        { "\tMaya", true },
        { "  =1+1", true },
        { "\u00A0=1+1", true },
        { "\uFF1D1+1", true },
        { "\uFF0B1", true },
        { "\uFF0D1", true },
        { "\uFF20SUM", true },
        { "\"=1+1", false },
        { "',=1+1", false },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void What_goes_in_comes_out_as_text_and_no_formula_with_it(string cell, bool isTakenForMore)
    {
        var rows = Csv.Read(CsvText.Write([["Who", "Kind"], [cell, "not known"], ["Maya", cell]]));

        var expected = isTakenForMore ? "'" + cell : cell;
        Assert.Equal([["Who", "Kind"], [expected, "not known"], ["Maya", expected]], rows);
        Assert.All(rows.SelectMany(r => r).Where(c => c.Length > 0), c => Assert.False("=+-@\t\r\n\0\uFF1D\uFF0B\uFF0D\uFF20".Contains(c[0], StringComparison.Ordinal)));
    }

    [Fact]
    public void All_of_them_in_one_file_come_out_in_their_order()
    {
        IReadOnlyList<string> cells = [.. Cells.Select(c => c.Data.Item1)];
        var row = Assert.Single(Csv.Read(CsvText.Write([cells])));
        Assert.Equal(cells, row.Zip(Cells, (read, c) => c.Data.Item2 ? read[1..] : read));
    }

    [Fact]
    public void Whatever_stands_in_a_row_is_read_back_in_its_cells() => AnyText.Texts.Array[1, 5].Array[1, 4].Sample(
        rows =>
        {
            var read = Csv.Read(CsvText.Write([["Who"], .. rows])).Skip(1).ToList();

            Assert.Equal(rows.Select(r => r.Length), read.Select(r => r.Count));
            Assert.All(rows.Zip(read).SelectMany(pair => pair.First.Zip(pair.Second)), cell => Assert.Contains(cell.Second, (string[])[cell.First, "'" + cell.First]));
            Assert.All(read.SelectMany(r => r).Where(c => c.Length > 0), c => Assert.DoesNotContain(c[0], "=+-@\t\r\n\0\uFF1D\uFF0B\uFF0D\uFF20"));
        },
        iter: 1000);

    [Fact]
    public void A_spreadsheet_knows_it_for_utf_8() => Assert.Equal(Encoding.UTF8.Preamble, CsvText.Write([["Zoë"]]).AsSpan(0, 3));
}
