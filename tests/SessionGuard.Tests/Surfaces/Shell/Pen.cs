using SessionGuard.School.Staff;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Surfaces.Shell;

/// <summary>Somebody with a good form token who sends whatever they like to whatever address, as no page of ours would.</summary>
internal sealed class Pen : IDisposable
{
    private readonly HttpClient _client;
    private readonly KeyValuePair<string, string>[] _token;
    private readonly string _cookie;

    private Pen(HttpClient client, string token, string cookie)
    {
        (_client, _cookie) = (client, cookie);
        _token = [KeyValuePair.Create(FormToken.Field, token)];
    }

    public string Token => _token[0].Value;

    /// <summary>Both cookies: who they are, and the half of the token.</summary>
    public string Cookies => _client.DefaultRequestHeaders.TryGetValues("Cookie", out var staff) ? $"{string.Join("; ", staff)}; {_cookie}" : _cookie;

    public static async Task<Pen> OfAsync(App app, Account? account)
    {
        var client = await app.BrowserOfAsync(account);
        using var page = await client.GetAsync(account is null ? "/sign-in" : "/sessions");
        var token = FormToken.In(await page.Content.ReadAsStringAsync());
        return new Pen(client, token, page.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("__Host-form=", StringComparison.Ordinal)).Split(';')[0]);
    }

    public Task<HttpResponseMessage> SendAsync(string path, params IEnumerable<(string Name, string Value)> fields) =>
        SendAsync(path, new FormUrlEncodedContent(_token.Concat(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)))));

    /// <param name="cookies">Null: their own.</param>
    public async Task<HttpResponseMessage> SendAsync(string path, HttpContent content, string? cookies = null, string? site = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add("Cookie", cookies ?? Cookies);
        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
            request.Headers.Add("Origin", "https://evil.test");
        }

        return await _client.SendAsync(request);
    }

    public void Dispose() => _client.Dispose();
}
