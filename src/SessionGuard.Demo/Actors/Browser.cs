using System.Net;

namespace SessionGuard.Demo.Actors;

/// <summary>A browser without script: it opens the service's pages and presses what is on them.</summary>
/// <param name="signIn">The cookie of whoever is signed in, asked for before each request; null for nobody.</param>
internal sealed class Browser(Uri address, string agent, Func<CancellationToken, Task<string?>> signIn)
{
    private static readonly HttpClient Client =
        new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30) };

    private readonly Dictionary<string, string> _cookies = [];

    /// <param name="path">A path, or the whole address of a link in a mail: the service is where it listens, whatever it is called there.</param>
    public async Task<WebPage> OpenAsync(string path, CancellationToken cancellation)
    {
        var here = new Uri(address, Uri.TryCreate(path, UriKind.Absolute, out var link) && !link.IsFile ? link.PathAndQuery : path);
        using var request = new HttpRequestMessage(HttpMethod.Get, here);
        return await SendAsync(request, cancellation);
    }

    /// <summary>Presses the button that says <paramref name="words"/>, and follows where that leads within the service.</summary>
    public async Task<WebPage> PressAsync(WebPage page, string words, CancellationToken cancellation, params IEnumerable<Filled> filledIn)
    {
        var (action, fields) = page.Press(words, [.. filledIn]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(page.Address, action)) { Content = new FormUrlEncodedContent(fields) };
        return await SendAsync(request, cancellation);
    }

    private async Task<WebPage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        request.Headers.Add("User-Agent", agent);
        var staff = await signIn(cancellation);
        var kept = _cookies.Select(c => $"{c.Key}={c.Value}").Concat(staff is null ? [] : [staff]).ToList();
        if (kept.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", kept));
        }

        using var response = await Client.SendAsync(request, cancellation);
        Keep(response, staff?.Split('=')[0]);
        var html = await response.Content.ReadAsStringAsync(cancellation);
        return (response.StatusCode, response.Headers.Location) switch
        {
            (HttpStatusCode.Redirect, { } next) when new Uri(address, next) is var to && to.Host == address.Host => await OpenAsync(to.PathAndQuery, cancellation),
            (HttpStatusCode.Redirect, { } away) => new WebPage(request.RequestUri!, response.StatusCode, html, away),
            var (status, _) => new WebPage(request.RequestUri!, status, html, LeadsAway: null),
        };
    }

    /// <summary>The sign-in itself is made anew each time, and is not kept.</summary>
    private void Keep(HttpResponseMessage response, string? signInName)
    {
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(c => c.Split(';')[0].Split('=', 2)) : [])
        {
            if (cookie[0] != signInName)
            {
                _cookies[cookie[0]] = cookie[1];
            }
        }
    }
}
