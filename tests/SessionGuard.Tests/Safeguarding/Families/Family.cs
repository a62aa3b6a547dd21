using System.Net;
using SessionGuard.Classes.Sessions;
using SessionGuard.School.People;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Safeguarding.Families;

/// <summary>A carer with a link to answer by, and what they press on its page.</summary>
internal sealed record Family(App App, FamilySchool School, Session Class, Person Jo, Person Kim, string Path)
{
    public const string Telephone = "Mozilla/5.0 (Linux; Android 11) Chrome/120 Mobile";

    public async Task<HttpResponseMessage> SendAsync(string answer, string otherAdult = "", string agent = Telephone)
    {
        var browser = App.Stranger();
        browser.DefaultRequestHeaders.UserAgent.ParseAdd(agent);
        return await (await Form.OpenAsync(browser, Path)).SendAsync(("answer", answer), ("otherAdult", otherAdult));
    }

    /// <returns>The page that is shown after the press.</returns>
    public async Task<string> PressAsync(string answer, string otherAdult = "", string agent = Telephone)
    {
        using var response = await SendAsync(answer, otherAdult, agent);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        using var browser = App.Stranger();
        return await browser.GetStringAsync(response.Headers.Location);
    }

    public async Task<string> UndoAsync()
    {
        using var browser = App.Stranger();
        using var response = await (await Form.OpenAsync(browser, $"{Path}?handler=Undo")).SendAsync();
        return await browser.GetStringAsync(response.Headers.Location);
    }
}
