using System.Net;
using System.Text.RegularExpressions;

namespace SessionGuard.Demo.Actors;

/// <summary>What somebody puts into a field of a form.</summary>
/// <param name="Value">Null: the field is left out, as a tick that was taken away.</param>
internal sealed record Filled(string Name, string? Value);

/// <summary>A page as a browser without script holds it.</summary>
/// <param name="LeadsAway">Where it sends the browser outside the service; null for a page to read.</param>
internal sealed partial record WebPage(Uri Address, HttpStatusCode Status, string Html, Uri? LeadsAway)
{
    private readonly Lazy<string> _words = new(() => Words(Html));

    /// <summary>True when somebody who looks at the page reads <paramref name="words"/>.</summary>
    public bool Says(string words) => _words.Value.Contains(words, StringComparison.Ordinal);

    /// <summary>The first link whose path begins with <paramref name="path"/>; null: there is none.</summary>
    public string? LinkTo(string path) =>
        Regex.Match(Html, $"href=\"({Regex.Escape(path)}[^\"]*)\"") is { Success: true } link ? WebUtility.HtmlDecode(link.Groups[1].Value) : null;

    /// <summary>The value of the first choice in a list that begins with <paramref name="words"/>.</summary>
    public string Choice(string words) => Options().Matches(Html).First(o => Words(o.Groups["words"].Value).StartsWith(words, StringComparison.Ordinal)).Groups["value"].Value;

    /// <summary>What pressing a button sends, and where to.</summary>
    /// <exception cref="InvalidOperationException">The page has no such button.</exception>
    public (string Action, List<KeyValuePair<string, string>> Fields) Press(string words, IReadOnlyCollection<Filled> filledIn)
    {
        foreach (var form in Forms().Matches(Html).Select(m => m.Value))
        {
            if (Buttons().Matches(form).FirstOrDefault(b => Words(b.Groups["words"].Value) == words) is { } button)
            {
                var kept = Inputs().Matches(form).Select(i => i.Value).Where(IsSent).Append(button.Groups["tag"].Value)
                    .Select(tag => (Name: Attribute(tag, "name"), Value: Attribute(tag, "value") ?? ""))
                    .Where(f => f.Name is not null && filledIn.All(own => own.Name != f.Name)).Select(f => KeyValuePair.Create(f.Name!, f.Value));
                var own = filledIn.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value!));
                return (Attribute(form[..form.IndexOf('>', StringComparison.Ordinal)], "action") ?? Address.PathAndQuery, [.. kept, .. own]);
            }
        }

        throw new InvalidOperationException($"{Address.AbsolutePath.Split('/')[1]}: the page has no button “{words}”.");
    }

    /// <summary>As browsers do: hidden fields, and boxes that are ticked.</summary>
    private static bool IsSent(string input) => Attribute(input, "type") switch
    {
        "hidden" => true,
        "checkbox" or "radio" => input.Contains(" checked", StringComparison.Ordinal),
        _ => false,
    };

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"") is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;

    private static string Words(string html) => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(html, "")), " ").Trim();

    [GeneratedRegex("<form [^>]*method=\"post\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("(?<tag><button[^>]*>)(?<words>.*?)</button>", RegexOptions.Singleline)]
    private static partial Regex Buttons();

    [GeneratedRegex("<input [^>]*>")]
    private static partial Regex Inputs();

    [GeneratedRegex("<option value=\"(?<value>[^\"]*)\"[^>]*>(?<words>.*?)</option>", RegexOptions.Singleline)]
    private static partial Regex Options();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
