using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Mail;

/// <summary>A password that the mail server refuses is our fault: it is said as such, and no mail pays for it.</summary>
public sealed class SmtpSignInTests
{
    [Fact]
    public async Task A_wrong_password_is_told_as_such_and_is_no_try_of_any_mail()
    {
        await using var server = await MailServer.StartAsync();
        server.Password = "another";
        await using var app = await App.StartAsync(StorageEngine.Sqlite, server.Settings);
        await app.QueueAsync(Enumerable.Range(0, 8).Select(i => Letters.To(app, $"family{i}@family.example")));

        await app.RunAsync<SendMailJob>();

        Assert.All(await app.OutboxAsync(), m => Assert.Equal((OutboxState.Waiting, 0, null), (m.State, m.Tries, m.LeasedUntil)));
        Assert.All(await app.OutboxAsync(), m => Assert.StartsWith(
            "The mail server does not let us sign in. Mail:Smtp:User and Mail:Smtp:Password need a look", m.LastError, StringComparison.Ordinal));

        server.Password = "secret";
        app.Clock.Advance(SmtpConnections.SignInPause);
        await app.RunAsync<SendMailJob>();

        Assert.Equal(8, server.Messages.Count);
        Assert.All(await app.OutboxAsync(), m => Assert.Equal((OutboxState.Sent, 1), (m.State, m.Tries)));
    }

    [Fact]
    public async Task A_wrong_password_is_not_tried_once_for_each_mail()
    {
        await using var server = await MailServer.StartAsync();
        server.Password = "another";
        await using var app = await App.StartAsync(StorageEngine.Sqlite, server.Settings);
        await app.QueueAsync(Enumerable.Range(0, 8).Select(i => Letters.To(app, $"family{i}@family.example")));
        await app.RunAsync<SendMailJob>();
        app.Clock.Advance(SmtpConnections.SignInPause - TimeSpan.FromSeconds(1));
        await app.QueueAsync(Letters.To(app, "late@family.example"));

        await app.RunAsync<SendMailJob>();

        Assert.Equal(1, server.Connections);
        Assert.DoesNotContain("MAIL", server.Heard);
        Assert.Equal(9, (await app.OutboxAsync()).Count(m => m is { State: OutboxState.Waiting, Tries: 0 }));
    }

    [Theory]
    [InlineData("534 too weak")]
    [InlineData("535 no")]
    public async Task A_mail_is_given_up_when_the_password_stays_wrong_for_three_days(string answer)
    {
        await using var server = new ScriptedSmtpServer { Answer = (step, _) => step is SmtpStep.SignIn ? answer : null };
        await using var app = await App.StartAsync(StorageEngine.Sqlite, SignedIn(server));
        await app.QueueAsync(Letters.To(app, "sam@family.example"));

        for (var hour = 0; hour <= 72; hour++)
        {
            await app.RunAsync<SendMailJob>();
            app.Clock.Advance(TimeSpan.FromHours(1));
        }

        var failed = Assert.Single(await app.OutboxAsync());
        Assert.Equal(OutboxState.Failed, failed.State);
        Assert.Contains("Mail:Smtp:Password", failed.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_cannot_look_up_passwords_for_now_is_tried_again_as_usual()
    {
        await using var server = new ScriptedSmtpServer { Answer = (step, _) => step is SmtpStep.SignIn ? "454 later" : null };
        await using var app = await App.StartAsync(StorageEngine.Sqlite, SignedIn(server));
        await app.QueueAsync(Letters.To(app, "sam@family.example"));

        await app.RunAsync<SendMailJob>();
        var waiting = Assert.Single(await app.OutboxAsync());
        server.Answer = (_, _) => null;
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.RunAsync<SendMailJob>();

        Assert.Equal("454: the mail server asked us to come back later.", waiting.LastError);
        Assert.Equal((OutboxState.Sent, 2), (Assert.Single(await app.OutboxAsync()).State, Assert.Single(await app.OutboxAsync()).Tries));
    }

    [Theory]
    [InlineData(true)] // it offers no sign-in
    [InlineData(false)] // we have no name to sign in with
    public async Task A_server_and_settings_that_do_not_agree_on_signing_in_are_told_as_such(bool hasUser)
    {
        await using var server = new ScriptedSmtpServer
        {
            OffersSignIn = false,
            Answer = (step, _) => step is SmtpStep.Sender ? "530 sign in first" : null,
        };
        await using var app = await App.StartAsync(StorageEngine.Sqlite, hasUser ? SignedIn(server) : server.Settings);
        await app.QueueAsync(Letters.To(app, "sam@family.example"));

        await app.RunAsync<SendMailJob>();

        var waiting = Assert.Single(await app.OutboxAsync());
        Assert.Equal((OutboxState.Waiting, 0), (waiting.State, waiting.Tries));
        Assert.Contains("does not let us sign in", waiting.LastError, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Heard, line => line.Contains("c2VjcmV0", StringComparison.Ordinal));
    }

    private static Dictionary<string, string?> SignedIn(ScriptedSmtpServer server) =>
        new(server.Settings) { ["Mail:Smtp:User"] = "post", ["Mail:Smtp:Password"] = "secret" };
}
