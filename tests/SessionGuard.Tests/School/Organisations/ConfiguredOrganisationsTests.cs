using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.School.Organisations;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Tests.School.Organisations;

/// <summary>What the configuration changes is in the ledger: once, and without a secret or anybody's name.</summary>
public sealed class ConfiguredOrganisationsTests
{
    private const string Lead = "Organisations:0:Lead:";
    private const string Zoom = "Organisations:0:Zoom:";

    [Theory, OnEachEngine]
    internal async Task The_first_start_tells_of_lead_account_and_Zoom_and_the_second_of_nothing(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var connection = await ConnectionAsync(app);
        var lead = $"account:{(await AccountAsync(app, "lead@alder.example")).Id}";

        var first = await EntriesAsync(app);
        Assert.Equal(
            [("zoom.connected", $"organisation:{app.School.Id}"), ("account.added", lead), ("lead.appointed", lead)],
            first.Select(e => (e.Action, e.Subject)));
        Assert.All(first, e => Assert.Equal(LedgerName.Operator, e.Actor));

        await using var again = await app.RestartAsync();
        Assert.Equal(first.Count, (await EntriesAsync(again)).Count);
        var kept = await ConnectionAsync(again);
        Assert.Equal(
            (connection.SealedClientSecret, connection.SealedWebhookSecret),
            (kept.SealedClientSecret, kept.SealedWebhookSecret));
    }

    [Theory, OnEachEngine]
    internal async Task A_real_change_of_Zooms_credentials_is_told_once_and_never_a_secret(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var before = await ConnectionAsync(app);

        var rotated = await ApplyAsync(app, ($"{Zoom}WebhookSecret", "canary-new"), ($"{Zoom}PreviousWebhookSecret", App.WebhookSecret));
        Assert.Equal(("zoom.changed", $"organisation:{app.School.Id}"), (rotated.Single().Action, rotated.Single().Subject));
        Assert.Equal(["WebhookSecret", "PreviousWebhookSecret added"], SecretsIn(rotated.Single()));
        Assert.Equal(before.SealedClientSecret, (await ConnectionAsync(app)).SealedClientSecret);

        var finished = await ApplyAsync(app, ($"{Zoom}PreviousWebhookSecret", ""), ($"{Zoom}ClientId", "another-client"));
        Assert.Equal(["PreviousWebhookSecret removed"], SecretsIn(finished.Single()));
        Assert.Equal(
            ("alder-client", "another-client"),
            (Data(finished.Single()).GetProperty("from").GetProperty("clientId").GetString(), Data(finished.Single()).GetProperty("to").GetProperty("clientId").GetString()));

        Assert.Empty(await ApplyAsync(app));
        Assert.All(await EntriesAsync(app), e => Assert.DoesNotContain("canary", e.Data, StringComparison.Ordinal));
    }

    [Theory, OnEachEngine]
    internal async Task Another_lead_is_told_with_the_one_before_and_nobody_by_name(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var robin = await AccountAsync(app, "lead@alder.example");
        await app.ReadAsync(async db =>
        {
            await new StaffAccounts(db, app.Clock).EnsureAsync(app.School.Id, "sam@alder.example", "Sam Reed", Role.Teacher, CancellationToken.None);
            return await db.SaveChangesAsync();
        });
        var sam = await AccountAsync(app, "sam@alder.example");

        var appointed = await ApplyAsync(app, ($"{Lead}Email", "sam@alder.example"), ($"{Lead}Name", "Sam Reed"));
        Assert.Equal(
            [("account.role-changed", $"account:{sam.Id}"), ("lead.appointed", $"account:{sam.Id}")], appointed.Select(e => (e.Action, e.Subject)));
        Assert.Equal(
            ("Teacher", "Lead"), (Data(appointed[0]).GetProperty("from").GetString(), Data(appointed[0]).GetProperty("to").GetString()));
        Assert.Equal($"account:{robin.Id}", Data(appointed[1]).GetProperty("before").GetString());

        var rung = await ApplyAsync(app, ($"{Lead}Phone", "01632 960 002"));
        Assert.Equal(("lead.changed", """["phone"]"""), (rung.Single().Action, Data(rung.Single()).GetProperty("changed").GetRawText()));

        Assert.Empty(await ApplyAsync(app));
        Assert.All(await EntriesAsync(app), e => Assert.DoesNotMatch("@|Sam|Robin|960", e.Data));
        var holders = await app.ReadAsync(db => db.Set<RoleHolder>().ToListAsync());
        Assert.Equal([("Robin Lead", false), ("Sam Reed", true)], holders.Select(h => (h.Name, h.To is null)).Order());
    }

    [Fact]
    public async Task Nodes_that_meet_the_same_change_at_once_tell_of_it_once()
    {
        await using var app = await App.StartAsync(StorageEngine.PostgreSql);
        app.Services.GetRequiredService<IConfiguration>()[$"{Zoom}ClientSecret"] = "another-secret";
        app.Services.GetRequiredService<IConfiguration>()[$"{Lead}Email"] = "sam@alder.example";
        var before = (await EntriesAsync(app)).Count;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ApplyAsync(app))));

        Assert.Equal(["zoom.changed", "account.added", "lead.appointed"], (await EntriesAsync(app)).Skip(before).Select(e => e.Action));
    }

    /// <returns>What the ledger has more afterwards.</returns>
    private static async Task<List<LedgerEntry>> ApplyAsync(App app, params (string Key, string Value)[] changes)
    {
        var before = (await EntriesAsync(app)).Count;
        foreach (var (key, value) in changes)
        {
            app.Services.GetRequiredService<IConfiguration>()[key] = value;
        }

        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        await scope.ServiceProvider.GetRequiredService<ConfiguredOrganisations>().ApplyAsync(CancellationToken.None);
        return [.. (await EntriesAsync(app)).Skip(before)];
    }

    private static Task<List<LedgerEntry>> EntriesAsync(App app) => app.ReadAsync(db => db.Set<LedgerEntry>().OrderBy(e => e.Sequence).ToListAsync());

    private static Task<ZoomConnection> ConnectionAsync(App app) => app.ReadAsync(db => db.Set<ZoomConnection>().AsNoTracking().SingleAsync());

    private static Task<Account> AccountAsync(App app, string email) => app.ReadAsync(db => db.AccountsAt(email).SingleAsync());

    private static JsonElement Data(LedgerEntry entry) => JsonDocument.Parse(entry.Data).RootElement;

    private static IEnumerable<string> SecretsIn(LedgerEntry entry) => Data(entry).GetProperty("secrets").EnumerateArray().Select(s => s.GetString()!);
}
