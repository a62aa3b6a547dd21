using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using SessionGuard.Platform.Storage;
using SessionGuard.ResilienceTests.Kit;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;
using SessionGuard.Zoom.Webhooks.Processing;

namespace SessionGuard.ResilienceTests;

/// <summary>Zoom signs what the service cannot use, or what a release of it cannot use yet.</summary>
public sealed class PoisonTests
{
    /// <summary>The release before the mended one cannot apply this delivery.</summary>
    private const int Unlucky = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Theory, OnEachEngine]
    internal async Task Poison_is_kept_and_shown_holds_nobody_up_and_what_a_mended_release_can_apply_is_applied(StorageEngine engine)
    {
        var good = Size.Of(100, 1000);
        await using var site = await Site.PrepareAsync(
            engine, settings: new() { ["Jobs:Enabled"] = "true", ["PublicUrl"] = "http://localhost:5080" });
        var node = await site.StartAsync(ProcessBug.Settings(Unlucky));
        using var sender = new Sender(node.Address);
        var asking = site.CallerAsync(node, "Admin"); // now: beside another program SQLite lets no service start
        var poison = PoisonBodies.All();
        foreach (var body in poison)
        {
            Assert.Equal(HttpStatusCode.OK, await sender.SendAsync(body));
        }

        await sender.SendInOrderAsync(good);
        await Eventually.Async(async () => (await AppliedAsync(site)).Count == good - 1, Patience);
        if (Size.IsFull)
        {
            // A start with poison at hand is a start like any other.
            Assert.Equal(0, await node.StopAsync());
            await node.LaunchAsync(ProcessBug.Settings(Unlucky));
        }

        await site.Database.TriedToTheEndAsync(ProcessInboxJob.MostTries - 1, Patience);
        Assert.Equal(0, await node.StopAsync());
        Assert.Subset((await site.Database.HashesAsync()).ToHashSet(), poison.Select(b => Convert.ToHexString(SHA256.HashData(b))).ToHashSet());

        await node.LaunchAsync(new Dictionary<string, string?> { [ProcessBug.Variable] = "" });
        using var admin = await asking;
        var aside = await SetAsideAsync(admin);
        Assert.Equal(9, aside.Count); // eight of the twelve, and the unlucky one
        foreach (var id in aside)
        {
            Assert.Equal(HttpStatusCode.Accepted, (await admin.PostAsync(new Uri($"/api/v1/inbox/set-aside/{id}/replay", UriKind.Relative), null)).StatusCode);
        }

        await Eventually.Async(async () => (await AppliedAsync(site)).Count == good, Patience);
        await site.Database.TriedToTheEndAsync(ProcessInboxJob.MostTries - 1, Patience);
        Assert.Equal(8, (await SetAsideAsync(admin)).Count);
        Assert.Equal(0, await node.StopAsync());
        Report.Balanced("poison before good ones (15): effects", engine, 1, Balance.Of(sender, await AppliedAsync(site)));
    }

    /// <summary>Without the three of the poison that can be applied: they have connections of their own.</summary>
    private static async Task<List<int>> AppliedAsync(Site site) => (await site.Database.EffectsAsync()).FindAll(n => n < 5000);

    private static async Task<List<Guid>> SetAsideAsync(HttpClient admin)
    {
        var page = await admin.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/inbox/set-aside", UriKind.Relative));
        return [.. page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid())];
    }
}
