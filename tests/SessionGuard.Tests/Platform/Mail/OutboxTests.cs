using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Mail;

public sealed class OutboxTests
{
    [Theory, OnEachEngine]
    internal async Task Mail_exists_only_when_the_decision_was_saved(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        await using (var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope())
        {
            await scope.ServiceProvider.GetRequiredService<Outbox>().QueueAsync(Letters.To(app, "sam@family.example"), CancellationToken.None);
        }

        Assert.Empty(await app.OutboxAsync());

        await app.QueueAsync(Letters.To(app, "sam@family.example"));
        Assert.Single(await app.OutboxAsync());
    }

    [Theory, OnEachEngine]
    internal async Task Mail_with_a_once_key_is_queued_once_for_each_school(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine, new() { ["Organisations:1:Slug"] = "birch", ["Organisations:1:Name"] = "Birch Music" });
        var letter = Letters.To(app, "sam@family.example") with { OnceKey = "repair:1" };
        var birch = app.Services.GetRequiredService<OrganisationDirectory>().BySlug("birch")!;
        await app.QueueAsync(letter, letter with { OrganisationId = birch.Id });

        var again = await app.ReadAsync(_ => AgainAsync(app, letter));

        Assert.False(again);
        Assert.Equal(2, (await app.OutboxAsync()).Count);
    }

    [Theory, OnEachEngine]
    internal async Task Two_passes_at_once_send_each_mail_once(StorageEngine engine)
    {
        await using var server = new ScriptedSmtpServer();
        await using var app = await App.StartAsync(engine, server.Settings);
        await app.QueueAsync(Enumerable.Range(0, 40).Select(i => Letters.To(app, $"family{i}@family.example")));

        await Task.WhenAll(app.RunAsync<SendMailJob>(), app.RunAsync<SendMailJob>(), app.RunAsync<SendMailJob>());

        Assert.Equal(40, server.Messages.Select(m => m.Header("Message-ID")).Distinct().Count());
        Assert.Equal(40, server.Messages.Count);
        Assert.All(await app.OutboxAsync(), m => Assert.Equal((OutboxState.Sent, 1), (m.State, m.Tries)));
    }

    [Theory, OnEachEngine]
    internal async Task Mail_held_by_a_process_that_died_leaves_when_its_lease_ends(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        await app.QueueAsync(Letters.To(app, "sam@family.example"));
        var queue = app.Services.GetRequiredService<OutboxQueue>();
        Assert.NotNull(await queue.ClaimAsync(Guid.Empty, perSchool: 2, TimeSpan.FromSeconds(90), CancellationToken.None));

        app.Clock.Advance(TimeSpan.FromSeconds(89));
        await app.RunAsync<SendMailJob>();
        Assert.Empty(ReceivedMail.In(app.Folder));

        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.RunAsync<SendMailJob>();
        Assert.Single(ReceivedMail.In(app.Folder));
    }

    [Theory, OnEachEngine]
    internal async Task Schools_take_turns_and_none_has_more_on_the_way_than_its_share(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine, new()
        {
            ["Organisations:1:Slug"] = "birch",
            ["Organisations:1:Name"] = "Birch Music",
            ["Organisations:2:Slug"] = "cedar",
            ["Organisations:2:Name"] = "Cedar Tuition",
        });
        var schools = app.Services.GetRequiredService<OrganisationDirectory>();
        var ids = new[] { "alder", "birch", "cedar" }.Select(slug => schools.BySlug(slug)!.Id).ToList();
        await app.QueueAsync(ids.SelectMany(id => Enumerable.Range(0, 4).Select(i => Letters.To(app, $"family{i}@family.example") with { OrganisationId = id })));
        var queue = app.Services.GetRequiredService<OutboxQueue>();

        var claimed = new List<OutboxMessage>();
        while (await queue.ClaimAsync(claimed.LastOrDefault()?.OrganisationId ?? Guid.Empty, perSchool: 2, TimeSpan.FromMinutes(1), CancellationToken.None) is { } next)
        {
            claimed.Add(next);
        }

        Assert.Equal(claimed[..3].Select(m => m.OrganisationId), claimed[3..].Select(m => m.OrganisationId));
        Assert.Equal(ids.Order(), claimed[..3].Select(m => m.OrganisationId).Order());
        Assert.Distinct(claimed.Select(m => m.Id));

        await queue.SentAsync(claimed[1]);
        var freed = await queue.ClaimAsync(claimed[^1].OrganisationId, perSchool: 2, TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.Equal(claimed[1].OrganisationId, freed?.OrganisationId);
    }

    [Theory, OnEachEngine]
    internal async Task Dump_of_the_outbox_holds_no_link_and_no_words(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        await app.QueueAsync(Letters.To(app, "sam@family.example"));
        await app.RunAsync<SendMailJob>();

        var row = Assert.Single(await app.OutboxAsync());

        Assert.DoesNotContain("/c/abc", row.SealedText + row.SealedHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("Maya", row.SealedText + row.SealedHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("/c/abc", Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(row.SealedText!)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pickup_file_opens_in_a_mail_reader_as_the_school_sent_it()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        await app.QueueAsync(Letters.To(app, "sam@family.example"));
        await app.RunAsync<SendMailJob>();

        var mail = Assert.Single(ReceivedMail.In(app.Folder));
        Assert.Equal("Alder Dance <sessionguard@localhost>", mail.Header("From"));
        Assert.Equal("sam@family.example", mail.Header("To"));
        Assert.Equal("Tuesday ballet: will an adult be there?", mail.Header("Subject"));
        Assert.Equal("Tue, 24 Nov 2026 12:00:00 +0000", mail.Header("Date"));
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        Assert.Matches("^<[0-9a-f]{32}@lessons.alder.example>$", mail.Header("Message-ID"));
        Assert.Equal(["text/plain", "text/html"], mail.PartTypes);
        Assert.DoesNotContain(mail.Headers, h => h.Name.StartsWith("X-", StringComparison.Ordinal));
        Assert.EndsWith(".eml", Assert.Single(Directory.EnumerateFileSystemEntries(Path.Combine(app.Folder, "mail"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_and_subjects_with_line_breaks_add_no_header_and_no_recipient()
    {
        const string evil = "Maya\r\nBcc: thief@evil.example\0\nX-Evil: 1\u2028Cc: thief@evil.example";
        await using var server = new ScriptedSmtpServer();
        await using var app = await App.StartAsync(
            StorageEngine.Sqlite, new(server.Settings) { ["Organisations:0:Name"] = "Alder\r\nBcc: thief@evil.example" });
        await app.QueueAsync(
            Letters.To(app, "sam@family.example") with { Subject = evil, FirstLine = evil, SchoolName = evil, Contact = evil },
            Letters.To(app, "sam@family.example\r\nBcc: thief@evil.example"),
            Letters.To(app, "sam@family.example, thief@evil.example"),
            Letters.To(app, "\"sam\r\n\"@family.example"),
            Letters.To(app, "sam@family.example> RCPT TO:<thief@evil.example"));
        await app.RunAsync<SendMailJob>();

        Assert.Equal("RCPT TO:<sam@family.example>", Assert.Single(server.Heard, l => l.StartsWith("RCPT", StringComparison.Ordinal)));
        Assert.Equal(
            ["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"],
            Assert.Single(server.Messages).Headers.Select(h => h.Name).Order(StringComparer.Ordinal));
        Assert.Equal(4, (await app.OutboxAsync()).Count(m => m.State is OutboxState.Failed && m.Tries == 1));
    }

    private static async Task<bool> AgainAsync(App app, Letter letter)
    {
        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        return await scope.ServiceProvider.GetRequiredService<Outbox>().QueueAsync(letter, CancellationToken.None);
    }
}
