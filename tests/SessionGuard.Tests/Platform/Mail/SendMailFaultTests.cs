using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Mail;

/// <summary>What a mail server may do to us. Nothing is lost, and nobody waits for somebody else's trouble.</summary>
public sealed class SendMailFaultTests
{
    public enum Fault
    {
        RefusesToConnect,
        HangsAfterConnect,
        HangsAfterHello,
        HangsAtRecipient,
        HangsAtData,
        SaysGoAwayForNow,
        DoesNotAcceptUs,
        CutsBeforeTheGreeting,
    }

    [Theory]
    [InlineData(Fault.RefusesToConnect)]
    [InlineData(Fault.HangsAfterConnect)]
    [InlineData(Fault.HangsAfterHello)]
    [InlineData(Fault.HangsAtRecipient)]
    [InlineData(Fault.HangsAtData)]
    [InlineData(Fault.SaysGoAwayForNow)]
    [InlineData(Fault.DoesNotAcceptUs)]
    [InlineData(Fault.CutsBeforeTheGreeting)]
    public async Task Mail_put_off_by_a_fault_leaves_once_after_it(Fault fault)
    {
        await using var server = new ScriptedSmtpServer { Answer = (step, _) => Says(fault, step) };
        await using var app = await App.StartAsync(StorageEngine.Sqlite, new(server.Settings)
        {
            ["Mail:Smtp:Timeout"] = "00:00:01",
            ["Mail:Smtp:Port"] = fault is Fault.RefusesToConnect ? $"{ClosedPort()}" : $"{server.Port}",
        });
        await app.QueueAsync(Letters.To(app, "sam@family.example"));

        await app.RunAsync<SendMailJob>();

        var waiting = Assert.Single(await app.OutboxAsync());
        Assert.Equal((OutboxState.Waiting, 1, null), (waiting.State, waiting.Tries, waiting.LeasedUntil));
        Assert.NotNull(waiting.LastError);
        Assert.Empty(server.Messages);

        if (fault is not Fault.RefusesToConnect)
        {
            server.Answer = (_, _) => null;
            await app.RunAsync<SendMailJob>(); // not due yet
            Assert.Empty(server.Messages);

            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await app.RunAsync<SendMailJob>();
            Assert.Equal(waiting.MessageId, Assert.Single(server.Messages).Header("Message-ID"));
            Assert.Equal(OutboxState.Sent, Assert.Single(await app.OutboxAsync()).State);
        }
    }

    [Theory, OnEachEngine]
    internal async Task Greylisted_mail_arrives_on_the_first_try_after_ten_minutes(StorageEngine engine)
    {
        await using var server = new ScriptedSmtpServer();
        await using var app = await App.StartAsync(engine, server.Settings);
        var open = app.Clock.GetUtcNow().AddMinutes(10);
        server.Answer = (step, _) => step is SmtpStep.Recipient && app.Clock.GetUtcNow() < open ? "450 greylisted" : null;
        await app.QueueAsync(Letters.To(app, "sam@family.example"));

        for (var minute = 0; minute <= 25; minute++)
        {
            await app.RunAsync<SendMailJob>();
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Single(server.Messages);
        var sent = Assert.Single(await app.OutboxAsync());
        Assert.Equal((OutboxState.Sent, 4), (sent.State, sent.Tries)); // at minutes 0, 1, 6 and 21
        Assert.Equal(sent.CreatedAt.AddMinutes(21), sent.SentAt);
    }

    [Theory]
    [InlineData(SmtpStep.Recipient, "550 no such mailbox")]
    [InlineData(SmtpStep.Body, "554 not taken")]
    internal async Task Mail_refused_for_good_is_tried_once_and_kept_as_failed(SmtpStep where, string answer)
    {
        await using var server = new ScriptedSmtpServer { Answer = (step, _) => step == where ? answer : null };
        await using var app = await App.StartAsync(StorageEngine.Sqlite, server.Settings);
        await app.QueueAsync(Letters.To(app, "gone@family.example"));

        await app.RunAsync<SendMailJob>();
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.RunAsync<SendMailJob>();

        var failed = Assert.Single(await app.OutboxAsync());
        Assert.Equal((OutboxState.Failed, 1), (failed.State, failed.Tries));
        Assert.StartsWith(answer[..3], failed.LastError, StringComparison.Ordinal);
        Assert.DoesNotContain("gone@", failed.LastError, StringComparison.Ordinal);
        Assert.Single(server.Heard, line => line.StartsWith("RCPT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mail_that_cannot_leave_for_three_days_is_kept_as_failed()
    {
        await using var server = new ScriptedSmtpServer { Answer = (step, _) => step is SmtpStep.Recipient ? "450 full" : null };
        await using var app = await App.StartAsync(StorageEngine.Sqlite, server.Settings);
        await app.QueueAsync(Letters.To(app, "full@family.example"));

        for (var hour = 0; hour <= 71; hour++)
        {
            await app.RunAsync<SendMailJob>();
            app.Clock.Advance(TimeSpan.FromHours(1));
        }

        var failed = Assert.Single(await app.OutboxAsync());
        Assert.Equal(OutboxState.Failed, failed.State);
        Assert.InRange(failed.Tries, 10, 20);
    }

    [Fact]
    public async Task Line_cut_before_the_last_word_doubles_the_mail_under_one_message_id()
    {
        await using var server = new ScriptedSmtpServer { Answer = (step, _) => step is SmtpStep.Body ? ScriptedSmtpServer.Cut : null };
        await using var app = await App.StartAsync(StorageEngine.Sqlite, server.Settings);
        await app.QueueAsync(Letters.To(app, "sam@family.example"));

        await app.RunAsync<SendMailJob>();
        server.Answer = (_, _) => null;
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.RunAsync<SendMailJob>();

        Assert.Equal(2, server.Messages.Count);
        Assert.Single(server.Messages.Select(m => m.Header("Message-ID")).Distinct());
        Assert.Equal(OutboxState.Sent, Assert.Single(await app.OutboxAsync()).State);
    }

    [Fact]
    public async Task Nothing_of_a_mail_is_said_to_a_server_that_does_not_encrypt()
    {
        await using var server = new ScriptedSmtpServer();
        await using var app = await App.StartAsync(StorageEngine.Sqlite, new(server.Settings)
        {
            ["Mail:Smtp:StartTls"] = "true",
            ["Mail:Smtp:User"] = "post",
            ["Mail:Smtp:Password"] = "secret",
        });
        await app.QueueAsync(Letters.To(app, "sam@family.example"));

        await app.RunAsync<SendMailJob>();

        Assert.All(server.Heard, line => Assert.Matches("^(EHLO|HELO|QUIT)", line));
        var waiting = Assert.Single(await app.OutboxAsync());
        Assert.Equal(
            (OutboxState.Waiting, "The mail server does not offer to encrypt (STARTTLS); nothing was said to it."), (waiting.State, waiting.LastError));
    }

    [Theory, OnEachEngine]
    internal async Task School_whose_mail_is_stuck_does_not_hold_up_another(StorageEngine engine)
    {
        var other = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new ScriptedSmtpServer
        {
            Answer = (step, line) => step is SmtpStep.Recipient && line.Contains("@stuck", StringComparison.Ordinal) ? ScriptedSmtpServer.Hang : null,
            Taken = message => other.TrySetResult(message),
        };
        await using var app = await App.StartAsync(engine, new(server.Settings)
        {
            ["Organisations:1:Slug"] = "birch",
            ["Organisations:1:Name"] = "Birch Music",
        });
        var birch = app.Services.GetRequiredService<OrganisationDirectory>().BySlug("birch")!;
        await app.QueueAsync(Enumerable.Range(0, 20).Select(i => Letters.To(app, $"family{i}@stuck.example")));
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.QueueAsync(Letters.To(app, "sam@birch.example") with { OrganisationId = birch.Id });

        var pass = app.RunAsync<SendMailJob>();
        await other.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.False(pass.IsCompleted);
        Assert.Contains("Birch Music", Assert.Single(server.Messages).Header("From"), StringComparison.Ordinal);

        await server.HangUpAsync();
        await pass;
        Assert.Equal(20, (await app.OutboxAsync()).Count(m => m.State is OutboxState.Waiting));
    }

    private static string? Says(Fault fault, SmtpStep step) => (fault, step) switch
    {
        (Fault.HangsAfterConnect, SmtpStep.Connect) => ScriptedSmtpServer.Hang,
        (Fault.HangsAfterHello, SmtpStep.Hello) => ScriptedSmtpServer.Hang,
        (Fault.HangsAtRecipient, SmtpStep.Recipient) => ScriptedSmtpServer.Hang,
        (Fault.HangsAtData, SmtpStep.Data) => ScriptedSmtpServer.Hang,
        (Fault.SaysGoAwayForNow, SmtpStep.Connect) => "421 too busy",
        (Fault.DoesNotAcceptUs, SmtpStep.Sender) => "521 not from you",
        (Fault.CutsBeforeTheGreeting, SmtpStep.Connect) => ScriptedSmtpServer.Cut,
        _ => null,
    };

    /// <summary>A port that was free a moment ago and that nobody listens on.</summary>
    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
