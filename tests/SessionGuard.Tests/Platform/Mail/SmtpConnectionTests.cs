using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Mail;

/// <summary>A connection is opened once and carries many mails. What happens to it between two mails is no mail's fault.</summary>
public sealed class SmtpConnectionTests
{
    [Fact]
    public async Task Many_mails_leave_over_one_connection_also_after_one_that_was_refused()
    {
        await using var server = new ScriptedSmtpServer
        {
            Answer = (step, line) => step is SmtpStep.Recipient && line.Contains("gone", StringComparison.Ordinal) ? "550 no such mailbox" : null,
        };
        await using var app = await App.StartAsync(StorageEngine.Sqlite, OneByOne(server));
        await app.QueueAsync(Letters.To(app, "gone@family.example"));
        await app.QueueAsync(Enumerable.Range(0, 20).Select(i => Letters.To(app, $"family{i}@family.example")));
        await app.RunAsync<SendMailJob>();
        await app.QueueAsync(Letters.To(app, "later@family.example"));
        await app.RunAsync<SendMailJob>();

        Assert.Equal(21, server.Messages.Count);
        Assert.Equal(1, Greetings(server));
    }

    [Fact]
    public async Task No_more_connections_are_open_than_mails_leave_side_by_side()
    {
        await using var server = new ScriptedSmtpServer();
        await using var app = await App.StartAsync(StorageEngine.Sqlite, new(server.Settings) { ["Mail:SideBySide"] = "4" });
        for (var burst = 0; burst < 3; burst++)
        {
            await app.QueueAsync(Enumerable.Range(0, 20).Select(i => Letters.To(app, $"family{i}@family.example")));
            await app.RunAsync<SendMailJob>();
        }

        Assert.Equal(60, server.Messages.Count);
        Assert.InRange(Greetings(server), 1, 4);
    }

    [Theory]
    [InlineData(ScriptedSmtpServer.Cut)]
    [InlineData("421 idle for too long")]
    [InlineData("421 that was your hundredth mail")]
    public async Task A_connection_that_the_server_ended_between_two_mails_costs_neither_a_try(string end)
    {
        await using var server = new ScriptedSmtpServer();
        await using var app = await App.StartAsync(StorageEngine.Sqlite, OneByOne(server));
        await app.QueueAsync(Letters.To(app, "first@family.example"));
        await app.RunAsync<SendMailJob>();
        var isEnded = false;
        server.Answer = (step, _) => step is SmtpStep.Sender && !Interlocked.Exchange(ref isEnded, true) ? end : null;
        await app.QueueAsync(Letters.To(app, "second@family.example"));

        await app.RunAsync<SendMailJob>();

        Assert.Equal(["first@family.example", "second@family.example"], server.Messages.Select(m => m.Header("To")));
        Assert.All(await app.OutboxAsync(), m => Assert.Equal((OutboxState.Sent, 1), (m.State, m.Tries)));
        Assert.Equal(2, Greetings(server));
    }

    [Fact]
    public async Task A_connection_that_broke_in_a_mail_is_not_used_again()
    {
        await using var server = new ScriptedSmtpServer { Answer = (step, _) => step is SmtpStep.Data ? ScriptedSmtpServer.Cut : null };
        await using var app = await App.StartAsync(StorageEngine.Sqlite, OneByOne(server));
        await app.QueueAsync(Letters.To(app, "sam@family.example"));
        await app.RunAsync<SendMailJob>();
        server.Answer = (_, _) => null;
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        await app.RunAsync<SendMailJob>();

        Assert.Single(server.Messages);
        Assert.Equal(2, Assert.Single(await app.OutboxAsync()).Tries);
        Assert.Equal(2, Greetings(server));
    }

    [Fact]
    public async Task A_connection_without_mail_is_closed_after_a_while()
    {
        await using var server = new ScriptedSmtpServer();
        await using var app = await App.StartAsync(StorageEngine.Sqlite, OneByOne(server));
        await app.QueueAsync(Letters.To(app, "sam@family.example"));
        await app.RunAsync<SendMailJob>();

        app.Clock.Advance(SmtpConnections.IdleLimit - TimeSpan.FromSeconds(1));
        await app.QueueAsync(Letters.To(app, "sam@family.example"));
        await app.RunAsync<SendMailJob>();
        Assert.Equal(1, Greetings(server));
        Assert.DoesNotContain("QUIT", server.Heard);

        app.Clock.Advance(SmtpConnections.IdleLimit);
        await Eventually.Async(() => server.Heard.Contains("QUIT"), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_service_that_stops_takes_leave_of_the_mail_server()
    {
        await using var server = new ScriptedSmtpServer();
        await using (var app = await App.StartAsync(StorageEngine.Sqlite, OneByOne(server)))
        {
            await app.QueueAsync(Letters.To(app, "sam@family.example"));
            await app.RunAsync<SendMailJob>();
        }

        Assert.Contains("QUIT", server.Heard);
    }

    private static Dictionary<string, string?> OneByOne(ScriptedSmtpServer server) => new(server.Settings) { ["Mail:SideBySide"] = "1" };

    private static int Greetings(ScriptedSmtpServer server) => server.Heard.Count(line => line.StartsWith("EHLO", StringComparison.Ordinal));
}
