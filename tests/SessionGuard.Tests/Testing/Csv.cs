using System.Text;

namespace SessionGuard.Tests.Testing;

/// <summary>Reads a file as RFC 4180 says; anything else in it fails the test.</summary>
internal static class Csv
{
    public static List<List<string>> Read(byte[] file)
    {
        var text = Encoding.UTF8.GetString(file).TrimStart('\uFEFF');
        var rows = new List<List<string>>();
        var at = 0;
        while (at < text.Length)
        {
            var row = new List<string>();
            do
            {
                row.Add(text[at] is '"' ? Quoted(text, ref at) : Bare(text, ref at));
            }
            while (text[at++] is ',');

            Assert.Equal("\r\n", text[(at - 1)..(at + 1)]);
            at++;
            rows.Add(row);
        }

        return rows;
    }

    private static string Bare(string text, ref int at)
    {
        var from = at;
        while (text[at] is not (',' or '\r'))
        {
            Assert.False(text[at] is '"' or '\n', "A quote or a line end stands outside of quotes.");
            at++;
        }

        return text[from..at];
    }

    private static string Quoted(string text, ref int at)
    {
        var cell = new StringBuilder();
        for (at++; text[at] is not '"' || text[at + 1] is '"'; at++)
        {
            cell.Append(text[at]);
            at += text[at] is '"' ? 1 : 0;
        }

        at++;
        return cell.ToString();
    }
}
