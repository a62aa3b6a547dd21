using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace SessionGuard.Tests.Platform.Mail;

/// <summary>A mail as its reader gets it, taken apart from what came over the wire or lies in the pickup folder.</summary>
internal sealed partial class ReceivedMail
{
    private ReceivedMail(string raw)
    {
        Raw = raw;
        var (headers, body) = Split(raw);
        Headers = headers;
        var parts = Leaves(Header("Content-Type"), body).ToList();
        Text = Part(parts, "text/plain");
        Html = Part(parts, "text/html");
        Calendar = parts.Exists(p => p.Contains("Content-Type: text/calendar", StringComparison.OrdinalIgnoreCase)) ? Part(parts, "text/calendar") : "";
        PartTypes = [.. parts.Select(p => Split(p).Headers.Single(h => h.Name == "Content-Type").Value.Split(';')[0])];
    }

    public string Raw { get; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; }

    public IReadOnlyList<string> PartTypes { get; }

    public string Text { get; }

    public string Html { get; }

    /// <summary>The calendar file; empty when there is none.</summary>
    public string Calendar { get; }

    /// <summary>What a person reads of <see cref="Html"/>: words, and the address of a link after its text.</summary>
    public string HtmlWords => Words(WebUtility.HtmlDecode(Tag().Replace(Link().Replace(Head().Replace(Html, ""), "$2: $1"), " ")));

    public string TextWords => Words(Text);

    /// <summary>The first address in the text; what the button opens.</summary>
    public Uri Button => new(Address().Match(Text).Value);

    public string Header(string name) => Headers.Single(h => h.Name == name).Value;

    public static ReceivedMail Parse(string raw) => new(raw);

    /// <summary>Every mail in the pickup folder, oldest first.</summary>
    public static IReadOnlyList<ReceivedMail> In(string dataFolder)
    {
        var folder = new DirectoryInfo(Path.Combine(dataFolder, "mail"));
        return folder.Exists ? [.. folder.GetFiles("*.eml").OrderBy(f => f.Name).Select(f => Parse(File.ReadAllText(f.FullName)))] : [];
    }

    /// <summary>Parts within parts, taken apart down to those that hold something.</summary>
    private static IEnumerable<string> Leaves(string type, string body)
    {
        var boundary = Boundary().Match(type).Groups[1].Value;
        foreach (var part in body.Split($"--{boundary}").Skip(1).Where(p => !p.StartsWith("--", StringComparison.Ordinal)).Select(p => p.TrimStart()))
        {
            var (headers, inside) = Split(part);
            var own = headers.Single(h => h.Name == "Content-Type").Value;
            foreach (var leaf in own.StartsWith("multipart/", StringComparison.Ordinal) ? Leaves(own, inside) : [part])
            {
                yield return leaf;
            }
        }
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Part(IEnumerable<string> parts, string type)
    {
        var (headers, body) = Split(parts.Single(p => p.Contains($"Content-Type: {type}", StringComparison.OrdinalIgnoreCase)));
        return headers.FirstOrDefault(h => h.Name == "Content-Transfer-Encoding").Value switch
        {
            "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(body.Trim())),
            "quoted-printable" => Encoding.UTF8.GetString(QuotedBytes(body.Replace("=\r\n", "", StringComparison.Ordinal))),
            _ => body,
        };
    }

    private static (List<(string Name, string Value)> Headers, string Body) Split(string raw)
    {
        var end = raw.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = Fold().Replace(raw[..end], " ").Split("\r\n");
        return ([.. lines.Select(l => l.Split(": ", 2)).Select(l => (l[0], Decode(l[1])))], raw[(end + 4)..]);
    }

    /// <summary>RFC 2047, both encodings, as much of it as UTF-8 needs.</summary>
    private static string Decode(string value) => EncodedWord().Replace(EncodedGap().Replace(value, "?==?"), m => Encoding.UTF8.GetString(
        m.Groups[1].Value is "B" or "b" ? Convert.FromBase64String(m.Groups[2].Value) : QuotedBytes(m.Groups[2].Value.Replace('_', ' '))));

    private static byte[] QuotedBytes(string word) =>
        [.. Octet().Matches(word).Select(o => o.Value.Length == 3 ? Convert.ToByte(o.Value[1..], 16) : (byte)o.Value[0])];

    [GeneratedRegex("boundary=\"?([^\";\r\n]+)")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Fold();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex EncodedGap();

    [GeneratedRegex(@"=\?utf-8\?([BbQq])\?([^?]*)\?=")]
    private static partial Regex EncodedWord();

    [GeneratedRegex("=[0-9A-F]{2}|.", RegexOptions.Singleline)]
    private static partial Regex Octet();

    [GeneratedRegex("<head>.*?</head>", RegexOptions.Singleline)]
    private static partial Regex Head();

    [GeneratedRegex("<a href=\"([^\"]*)\"[^>]*>(.*?)</a>", RegexOptions.Singleline)]
    private static partial Regex Link();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();
}
