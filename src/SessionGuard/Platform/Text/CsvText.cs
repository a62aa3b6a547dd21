using System.Buffers;
using System.Text;

namespace SessionGuard.Platform.Text;

/// <summary>Rows for a spreadsheet, as RFC 4180 has them. What strangers wrote stays text there and never becomes a formula.</summary>
internal static class CsvText
{
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create("\",'\r\n\t ;");

    /// <returns>Bytes that begin with the mark by which spreadsheets know UTF-8.</returns>
    public static byte[] Write(IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder("\uFEFF");
        foreach (var row in rows)
        {
            text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Cell(string value)
    {
        // An apostrophe is how a spreadsheet is told that what follows is text. It also looks past what it does not show.
        var safe = IsTakenForMore(value) ? "'" + value : value;
        return safe.AsSpan().ContainsAny(NeedsQuotes) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    /// <summary>True for what begins a formula, in its wide form too, behind any blank or control character.</summary>
    private static bool IsTakenForMore(string value) =>
        value.Length > 0 && (char.IsControl(value[0]) || value.FirstOrDefault(c => !char.IsWhiteSpace(c) && !char.IsControl(c)) is
            '=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20');
}
