using System.Net;
using System.Text.RegularExpressions;

namespace SessionGuard.Tests.Surfaces.Shell;

/// <summary>A page with a form, as a browser without script holds it.</summary>
internal sealed partial class Form(HttpClient client, string path, string html, string cookies)
{
    public string Html => html;

    public static async Task<Form> OpenAsync(HttpClient client, string path, string cookies = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await SendAsync(client, request, cookies);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new Form(client, path, await response.Content.ReadAsStringAsync(), CookiesOf(response, cookies));
    }

    /// <summary>Sends the page's last form with its hidden fields, and follows where it is sent.</summary>
    public async Task<Form> PressAsync()
    {
        using var response = await SendAsync();
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return await OpenAsync(client, response.Headers.Location!.ToString(), CookiesOf(response, cookies));
    }

    /// <summary>Sends the page's last form with its hidden fields and <paramref name="filledIn"/>.</summary>
    public async Task<HttpResponseMessage> SendAsync(params IEnumerable<(string Name, string Value)> filledIn)
    {
        var hidden = Hidden().Matches(html[html.LastIndexOf("<form method=\"post\"", StringComparison.Ordinal)..])
            .Select(m => KeyValuePair.Create(m.Groups["name"].Value, WebUtility.HtmlDecode(m.Groups["value"].Value)));
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(hidden.Concat(filledIn.Select(f => KeyValuePair.Create(f.Name, f.Value)))),
        };
        return await SendAsync(client, request, cookies);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpRequestMessage request, string cookies)
    {
        var staff = client.DefaultRequestHeaders.TryGetValues("Cookie", out var kept) ? string.Join("; ", kept) : "";
        if (staff.Length + cookies.Length > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", new[] { staff, cookies }.Where(c => c.Length > 0)));
        }

        return await client.SendAsync(request);
    }

    private static string CookiesOf(HttpResponseMessage response, string before) => string.Join("; ",
        new[] { before }.Concat(response.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(c => c.Split(';')[0]) : []).Where(c => c.Length > 0));

    [GeneratedRegex("""<input (?:type="hidden" name="(?<name>[^"]+)"|name="(?<name>[^"]+)" type="hidden") value="(?<value>[^"]*)""")]
    private static partial Regex Hidden();
}
