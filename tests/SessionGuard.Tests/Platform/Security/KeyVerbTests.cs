using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Keys;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.School.People;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Platform.Mail;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;
using SessionGuard.Zoom.Client;

namespace SessionGuard.Tests.Platform.Security;

/// <summary>The operators' verbs in a process of their own, beside the running service.</summary>
public sealed class KeyVerbTests
{
    [Theory, OnEachEngine]
    internal async Task A_new_key_seals_everything_while_the_service_runs_and_the_old_one_opens_nothing_any_more(StorageEngine engine)
    {
        using var keys = new TemporaryFolder();
        await using var app = await App.StartAsync(engine, new() { ["Security:MasterKeyFile"] = Path.Combine(keys, "master.key") });
        var master = app.Services.GetRequiredService<MasterKey>();
        var (settings, first) = (SettingsOf(app, engine), master.Keys.Current);
        var families = new FamilySchool(app.Services);
        var tap = await families.ClassAsync("Tap", App.Noon.AddHours(30));
        var jo = await families.CarerAsync("Jo Smith", "jo@family.example");
        var maya = await families.ChildAsync("Maya Smith", [jo], tap);
        var path = await families.ConfirmPathAsync(jo, tap);
        await app.QueueAsync(Letters.To(app, "jo@family.example"));
        Assert.Equal(System.Net.HttpStatusCode.OK, await app.DeliverAsync(Deliveries.Joined(1)));
        var body = Assert.Single(await app.InboxAsync()).Body;
        var lead = await app.ReadAsync(db => db.AccountsAt("lead@alder.example").SingleAsync());
        using var before = app.WithToken(lead);
        await StopAfterOneBatchAsync(app);

        var rotated = await ProgramRun.ToEndAsync(app.Folder, ["key", "rotate"], settings);
        Assert.Equal((0, ""), (rotated.ExitCode, rotated.Error));
        Assert.Matches($"^[1-9][0-9]* rows were sealed anew under the key [0-9a-f]{{10}}. {first.Name} still opens: end it with key retire.", rotated.Output);
        await UnchangedAsync(app, jo, maya, body, path);
        Assert.NotEqual(first, master.Keys.Current);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await before.GetAsync("/api/v1/people")).StatusCode);

        var retired = await ProgramRun.ToEndAsync(app.Folder, ["key", "retire"], settings);
        Assert.Equal((0, ""), (retired.ExitCode, retired.Error));
        Assert.StartsWith($"{first.Name} is out of the key file.", retired.Output, StringComparison.Ordinal);
        var rid = Assert.IsType<KeySet>(KeySet.Parse(await File.ReadAllTextAsync(master.File)));
        Assert.Equal((first, (NamedKey?)null), (rid.Lasting, rid.Previous));

        await using var fresh = await app.RestartAsync();
        await UnchangedAsync(fresh, jo, maya, body, path);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await TokenAsync(fresh, lead, first)).StatusCode);
        var notes = await fresh.ReadAsync(db => db.Set<LedgerEntry>().Where(e => e.Action.StartsWith("key.")).OrderBy(e => e.Sequence).Select(e => e.Action).ToListAsync());
        Assert.Equal(["key.rotated", "key.retired"], notes);
    }

    [Fact]
    public async Task A_key_is_not_retired_while_anything_is_sealed_under_it()
    {
        using var keys = new TemporaryFolder();
        await using var app = await App.StartAsync(StorageEngine.Sqlite, new() { ["Security:MasterKeyFile"] = Path.Combine(keys, "master.key") });
        app.Services.GetRequiredService<KeyRotation>().Begin();

        var (exitCode, _, error) = await ProgramRun.ToEndAsync(app.Folder, ["key", "retire"], SettingsOf(app, StorageEngine.Sqlite));

        Assert.Equal(1, exitCode);
        Assert.Matches("^[1-9][0-9]* rows are not sealed under the current key: run key rotate again.", error);
        Assert.NotNull(app.Services.GetRequiredService<MasterKey>().Load().Previous);
    }

    [Fact]
    public async Task A_node_with_another_key_does_not_start_also_where_no_secret_is_stored()
    {
        await using var app = await App.StartAsync(StorageEngine.PostgreSql);
        await app.ReadAsync(db => db.Set<ZoomConnection>().ExecuteDeleteAsync());
        var settings = SettingsOf(app, StorageEngine.PostgreSql);
        settings["Security:MasterKeyFile"] = Path.Combine(app.Folder, "another.key");

        var (exitCode, _, error) = await ProgramRun.ToEndAsync(app.Folder, ["--urls=http://127.0.0.1:0"], settings);

        Assert.Equal(1, exitCode);
        Assert.Matches("^Security:MasterKeyFile holds another key than the one that the database was sealed with. .*\n$", error);
    }

    [Fact]
    public async Task A_new_webhook_secret_is_good_beside_the_present_one_until_that_is_ended()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var configured = SettingsOf(app, StorageEngine.Sqlite);
        var kept = configured.Where(s => !s.Key.StartsWith("Organisations:", StringComparison.Ordinal)).ToDictionary();
        var file = Path.Combine(app.Folder, "new-secret");
        await File.WriteAllTextAsync(file, "the-new-secret\n");
        string[] rotate = ["webhook-secret", "rotate", "--organisation", App.Slug];

        var refused = await ProgramRun.ToEndAsync(app.Folder, [.. rotate, "--file", file], configured);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("move Organisations:0:Zoom:WebhookSecret to PreviousWebhookSecret", refused.Error, StringComparison.Ordinal);
        Assert.Equal([App.WebhookSecret], await SecretsAsync(app));

        var rotated = await ProgramRun.ToEndAsync(app.Folder, [.. rotate, "--file", file], kept);
        Assert.Equal((0, ""), (rotated.ExitCode, rotated.Error));
        Assert.Equal(["the-new-secret", App.WebhookSecret], await SecretsAsync(app));
        Assert.Equal(System.Net.HttpStatusCode.OK, await app.DeliverAsync(Deliveries.Joined(1)));

        Assert.Equal(0, (await ProgramRun.ToEndAsync(app.Folder, [.. rotate, "--finish"], kept)).ExitCode);
        Assert.Equal(["the-new-secret"], await SecretsAsync(app));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, await app.DeliverAsync(Deliveries.Joined(2)));
        var notes = await app.ReadAsync(db => db.Set<LedgerEntry>().Where(e => e.Action.StartsWith("webhook-secret.")).OrderBy(e => e.Sequence).Select(e => e.Action).ToListAsync());
        Assert.Equal(["webhook-secret.rotated", "webhook-secret.finished"], notes);
    }

    /// <summary>As if the verb had been killed: the key is changed, some rows are sealed anew, the others are not.</summary>
    private static async Task StopAfterOneBatchAsync(App app)
    {
        app.Services.GetRequiredService<KeyRotation>().Begin();
        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var anew = scope.ServiceProvider.GetRequiredService<ReencryptionPass>();
        var all = await anew.CountAsync(CancellationToken.None);
        await using (var batches = anew.BatchesAsync(CancellationToken.None).GetAsyncEnumerator())
        {
            do
            {
                Assert.True(await batches.MoveNextAsync());
            }
            while (batches.Current == 0);
        }

        Assert.InRange(await anew.CountAsync(CancellationToken.None), 1, all - 1);
    }

    private static async Task UnchangedAsync(App app, Person carer, Person child, byte[] body, string path)
    {
        var people = await app.ReadAsync(db => db.Set<Person>().AsNoTracking().ToListAsync());
        Assert.Equal([(carer.Name, carer.Email), (child.Name, null)], people.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => (p.Name, p.Email)));
        Assert.Equal(carer.Id, (await app.ReadAsync(db => db.PeopleAt("JO@family.example").SingleAsync())).Id);
        Assert.Equal(body, Assert.Single(await app.InboxAsync()).Body);
        Assert.NotEmpty(app.Services.GetRequiredService<SecretBox>().Open(Assert.Single(await app.OutboxAsync()).SealedText!));
        Assert.All(app.Services.GetRequiredService<IKeyManager>().GetAllKeys(), key => Assert.NotNull(key.CreateEncryptor()));
        Assert.NotEmpty(app.Services.GetRequiredService<IKeyManager>().GetAllKeys());
        using var browser = app.Stranger();
        Assert.Contains("Maya", await browser.GetStringAsync(path), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> TokenAsync(App app, Account lead, NamedKey old)
    {
        var current = app.Services.GetRequiredService<MasterKey>();
        Assert.DoesNotContain(old, current.Keys.All);
        using var client = app.WithToken(lead);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await client.GetAsync("/api/v1/people")).StatusCode);
        using var forged = app.Stranger();
        var jwt = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(client.DefaultRequestHeaders.Authorization!.Parameter);
        var signed = $"{jwt.EncodedHeader}.{jwt.EncodedPayload}";
        var mac = System.Security.Cryptography.HMACSHA256.HashData(old.Derive("jwt"), System.Text.Encoding.ASCII.GetBytes(signed));
        forged.DefaultRequestHeaders.Authorization = new("Bearer", $"{signed}.{Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(mac)}");
        return await forged.GetAsync("/api/v1/people");
    }

    private static async Task<IReadOnlyList<string>> SecretsAsync(App app)
    {
        var directory = app.Services.GetRequiredService<OrganisationDirectory>();
        await directory.RefreshAsync(CancellationToken.None);
        return [.. directory.BySlug(App.Slug)!.Zoom!.WebhookSecrets.Select(System.Text.Encoding.UTF8.GetString)];
    }

    private static Dictionary<string, string?> SettingsOf(App app, StorageEngine engine)
    {
        var settings = App.Settings(app.Folder, engine, engine is StorageEngine.Sqlite ? "" : app.Services.GetRequiredService<PostgresConnections>().ConnectionString);
        settings["Security:MasterKeyFile"] = app.Services.GetRequiredService<MasterKey>().File;
        return settings;
    }
}
