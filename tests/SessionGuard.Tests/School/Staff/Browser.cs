using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Mail;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Platform.Mail;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.School.Staff;

/// <summary>One person at one browser: keeps cookies, fills in forms, follows nothing by itself.</summary>
internal sealed partial class Browser(App app) : IDisposable
{
    public const string Lead = "lead@alder.example";

    private readonly HttpClient _client = app.CreateClient(new WebApplicationFactoryClientOptions
    {
        BaseAddress = new Uri("https://lessons.alder.example"),
        AllowAutoRedirect = false,
    });

    public async Task<Answer> GetAsync(string address) => await Answer.ReadAsync(await _client.GetAsync(address));

    public async Task<Answer> SendAsync(HttpMethod method, string address, params IEnumerable<(string Name, string Value)> fields)
    {
        using var request = new HttpRequestMessage(method, address);
        if (method == HttpMethod.Post)
        {
            request.Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        }

        return await Answer.ReadAsync(await _client.SendAsync(request));
    }

    /// <summary>Opens <paramref name="address"/> and presses its button, with whatever the form holds and <paramref name="fields"/>.</summary>
    public async Task<Answer> PressAsync(string address, params (string Name, string Value)[] fields)
    {
        var page = await GetAsync(address);
        return await SendAsync(HttpMethod.Post, address, page.Hidden.Where(h => fields.All(f => f.Name != h.Name)).Concat(fields));
    }

    /// <summary>Whether the service takes this browser for somebody.</summary>
    public async Task<bool> IsSignedInAsync() => (await GetAsync("/sign-in")).Location is not null;

    /// <summary>Asks for a link on the page and takes it from the mail that came of it.</summary>
    public async Task<string> AskForLinkAsync(string email = Lead, string signIn = "/sign-in")
    {
        var before = ReceivedMail.In(app.Folder).Select(m => m.Header("Message-ID")).ToHashSet();
        await PressAsync(signIn, ("email", email));
        await SettleAsync(app);
        await app.RunAsync<SendMailJob>();
        return ReceivedMail.In(app.Folder).First(m => !before.Contains(m.Header("Message-ID"))).Button.PathAndQuery;
    }

    public async Task SignInAsync(string email = Lead)
    {
        var link = await AskForLinkAsync(email);
        Assert.Equal("/", (await PressAsync(link)).Location);
    }

    /// <summary>Waits until every wish to sign in so far has been dealt with: they are taken in order.</summary>
    public static Task SettleAsync(App app) => app.Services.GetRequiredService<SignInRequests>().Add("nobody@nowhere.example", null);

    public void Dispose() => _client.Dispose();

    internal sealed partial record Answer(int Status, string? Location, IReadOnlyList<string> Cookies, string Body)
    {
        /// <summary>Every form of a page has the same token, so one of each name is enough.</summary>
        public IEnumerable<(string Name, string Value)> Hidden => HiddenInput().Matches(Body)
            .Select(m => (Name().Match(m.Value).Groups[1].Value, System.Net.WebUtility.HtmlDecode(Value().Match(m.Value).Groups[1].Value)))
            .DistinctBy(h => h.Item1);

        /// <summary>The page without the form token, which differs each time.</summary>
        public string Words => Token().Replace(Body, "");

        public static async Task<Answer> ReadAsync(HttpResponseMessage response)
        {
            using (response)
            {
                return new Answer((int)response.StatusCode, response.Headers.Location?.OriginalString,
                    response.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [], await response.Content.ReadAsStringAsync());
            }
        }

        [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
        private static partial Regex HiddenInput();

        [GeneratedRegex("name=\"([^\"]*)\"")]
        private static partial Regex Name();

        [GeneratedRegex("value=\"([^\"]*)\"")]
        private static partial Regex Value();

        [GeneratedRegex("<input name=\"__RequestVerificationToken\"[^>]*>")]
        private static partial Regex Token();
    }
}
