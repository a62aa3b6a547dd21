using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Platform.Mail;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.School.Staff;

public sealed class SignInTests
{
    [Theory, OnEachEngine]
    internal async Task Mailed_link_signs_in_once_and_the_ledger_knows(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        using var robin = new Browser(app);
        var link = await robin.AskForLinkAsync();
        var page = await robin.GetAsync(link);
        Assert.Contains(Browser.Lead, page.Body, StringComparison.Ordinal);
        Assert.Contains("Alder Dance", page.Body, StringComparison.Ordinal);
        Assert.False(await robin.IsSignedInAsync());

        Assert.Equal("/", (await robin.PressAsync(link)).Location);
        Assert.True(await robin.IsSignedInAsync());

        using var thief = new Browser(app);
        Assert.Contains("does not work any more", (await thief.GetAsync(link)).Body, StringComparison.Ordinal);
        var token = (await thief.GetAsync("/sign-in")).Hidden;
        Assert.Contains("does not work any more", (await thief.SendAsync(HttpMethod.Post, link, token)).Body, StringComparison.Ordinal);
        Assert.False(await thief.IsSignedInAsync());

        var entries = await app.ReadAsync(db => db.Set<LedgerEntry>().OrderBy(e => e.Sequence).ToListAsync());
        Assert.Equal(["sign-in.link-issued", "sign-in.link-used"], entries.Select(e => e.Action).Where(a => a.StartsWith("sign-in.", StringComparison.Ordinal)));
        Assert.All(entries, e => Assert.DoesNotContain("@", e.Data + e.Actor + e.Subject, StringComparison.Ordinal));
    }

    [Theory, OnEachEngine]
    internal async Task Two_presses_at_once_sign_in_once(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        using var robin = new Browser(app);
        var link = await robin.AskForLinkAsync();
        var browsers = Enumerable.Range(0, 8).Select(_ => new Browser(app)).ToList();

        var answers = await Task.WhenAll(browsers.Select(b => b.PressAsync(link)));

        Assert.Single(answers, a => a.Location == "/");
        Assert.Equal(1, await app.ReadAsync(db => db.Set<LedgerEntry>().CountAsync(e => e.Action == "sign-in.link-used")));
        browsers.ForEach(b => b.Dispose());
    }

    [Theory, OnEachEngine]
    internal async Task Opening_a_link_changes_nothing_however_often_a_scanner_does(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        using var scanner = new Browser(app);
        var link = await scanner.AskForLinkAsync();

        foreach (var method in (HttpMethod[])[HttpMethod.Head, HttpMethod.Get, HttpMethod.Get, HttpMethod.Options, HttpMethod.Get])
        {
            await scanner.SendAsync(method, link);
        }

        Assert.Null(Assert.Single(await app.ReadAsync(db => db.Set<SignInLink>().ToListAsync())).UsedAt);
        Assert.False(await scanner.IsSignedInAsync());
        using var robin = new Browser(app);
        Assert.Equal("/", (await robin.PressAsync(link)).Location);
    }

    [Fact]
    public async Task Press_without_the_form_token_is_refused_and_uses_nothing_up()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        using var robin = new Browser(app);
        var link = await robin.AskForLinkAsync();

        Assert.Equal(400, (await robin.SendAsync(HttpMethod.Post, link)).Status);
        Assert.Equal(400, (await robin.SendAsync(HttpMethod.Post, "/sign-in", ("email", Browser.Lead))).Status);
        Assert.Equal(400, (await robin.SendAsync(HttpMethod.Post, "/sign-out")).Status);

        Assert.Equal("/", (await robin.PressAsync(link)).Location);
    }

    [Theory]
    [InlineData(14 * 60 + 59, true)]
    [InlineData(15 * 60, false)]
    [InlineData(15 * 60 + 1, false)]
    public async Task Link_works_for_a_quarter_of_an_hour(int afterSeconds, bool works)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        using var robin = new Browser(app);
        var link = await robin.AskForLinkAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(afterSeconds));

        Assert.Equal(works ? "/" : null, (await robin.PressAsync(link)).Location);
    }

    [Fact]
    public async Task Used_expired_unknown_and_closed_links_look_the_same()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        using var robin = new Browser(app);
        var used = await robin.AskForLinkAsync();
        await robin.PressAsync(used);
        using var other = new Browser(app);
        var expired = await other.AskForLinkAsync();
        app.Clock.Advance(TimeSpan.FromHours(1));
        var closed = await other.AskForLinkAsync();
        await app.ReadAsync(db => db.Set<Account>().ExecuteUpdateAsync(set => set.SetProperty(a => a.ClosedAt, app.Clock.Now())));

        using var stranger = new Browser(app);
        var unknown = await stranger.GetAsync("/sign-in/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        foreach (var link in (string[])[used, expired, closed])
        {
            var answer = await stranger.GetAsync(link);
            Assert.Equal((unknown.Status, unknown.Body), (answer.Status, answer.Body));
        }
    }

    [Fact]
    public async Task Known_and_unknown_addresses_get_the_same_answer_and_only_staff_get_mail()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        using var robin = new Browser(app);

        var known = await robin.PressAsync("/sign-in", ("email", " LEAD@alder.example "));
        var unknown = await robin.PressAsync("/sign-in", ("email", "stranger@alder.example"));
        await Browser.SettleAsync(app);

        Assert.Equal((known.Status, known.Words), (unknown.Status, unknown.Words));
        var mail = Assert.Single(await app.OutboxAsync());
        Assert.Equal((Browser.Lead, "Sign in to SessionGuard", "sign-in"), (mail.To, mail.Subject, mail.Purpose));
    }

    [Theory, OnEachEngine]
    internal async Task Person_who_works_for_two_schools_gets_a_link_for_each_open_account(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine, new()
        {
            ["Organisations:1:Slug"] = "birch",
            ["Organisations:1:Name"] = "Birch Music",
            ["Organisations:1:Lead:Name"] = "Robin Lead",
            ["Organisations:1:Lead:Email"] = Browser.Lead,
        });
        using var robin = new Browser(app);

        await robin.AskForLinkAsync();

        Assert.Equal(["Alder Dance", "Birch Music"], ReceivedMail.In(app.Folder).Select(m => m.Header("From").Split(" <")[0]).Order());
    }

    [Theory, OnEachEngine]
    internal async Task Nobody_can_be_pestered_with_links(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var requests = app.Services.GetRequiredService<SignInRequests>();

        var after = new List<int>();
        for (var minute = 0; minute < 4; minute++)
        {
            for (var press = 0; press < 10; press++)
            {
                await requests.Add(Browser.Lead, null);
            }

            after.Add((await app.OutboxAsync()).Count);
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([3, 6, 6, 6], after);
        app.Clock.Advance(TimeSpan.FromHours(1));
        await requests.Add(Browser.Lead, null);
        Assert.Equal(7, (await app.OutboxAsync()).Count);
    }

    [Theory, OnEachEngine]
    internal async Task Code_is_nowhere_in_the_database_in_clear(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        using var robin = new Browser(app);
        var code = (await robin.AskForLinkAsync()).Split('/')[^1];
        await robin.PressAsync($"/sign-in/{code}");

        Assert.Matches("^[A-Za-z0-9_-]{43}$", code);
        var everything = await app.ReadAsync(async db => string.Join('\n',
            (await db.Set<SignInLink>().ToListAsync()).Select(l => $"{l.Id} {Convert.ToBase64String(l.CodeHash)}")
            .Concat((await db.Set<OutboxMessage>().ToListAsync()).Select(m => $"{m.Subject} {m.SealedText} {m.SealedHtml} {m.MessageId}"))
            .Concat((await db.Set<LedgerEntry>().ToListAsync()).Select(e => e.Data))));
        Assert.DoesNotContain(code, everything, StringComparison.Ordinal);
        if (engine is StorageEngine.Sqlite)
        {
            foreach (var name in (string[])["sessionguard.db", "sessionguard.db-wal"])
            {
                await using var file = new FileStream(Path.Combine(app.Folder, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var reader = new StreamReader(file, Encoding.Latin1);
                Assert.DoesNotContain(code, await reader.ReadToEndAsync(), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("/sessions?week=2", "/sessions?week=2")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("\\\\evil.example", "/")]
    [InlineData("https:evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("\t//evil.example", "/")]
    [InlineData(" //evil.example", "/")]
    [InlineData("@evil.example", "/")]
    [InlineData("/\r\nSet-Cookie: a=b", "/")]
    [InlineData("", "/")]
    public async Task Signing_in_leads_only_to_pages_of_ours(string wish, string leadsTo)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        using var robin = new Browser(app);
        var link = await robin.AskForLinkAsync(signIn: $"/sign-in?return={Uri.EscapeDataString(wish)}");
        Assert.DoesNotContain("evil", link, StringComparison.Ordinal);

        // Once through the mail, once as somebody who changed the form.
        Assert.Equal(leadsTo, (await robin.PressAsync(link)).Location);
        using var changed = new Browser(app);
        var again = (await changed.AskForLinkAsync()).Split('?')[0];
        Assert.Equal(leadsTo, (await changed.PressAsync(again, ("return", wish))).Location);
        Assert.Equal(leadsTo, (await changed.GetAsync($"/sign-in?return={Uri.EscapeDataString(wish)}")).Location);
    }
}
