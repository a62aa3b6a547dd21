using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Tests.Surfaces.Api;

public sealed class InboxApiTests
{
    [Theory, OnEachEngine]
    internal async Task An_admin_lists_what_is_set_aside_and_has_it_tried_again(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine, SeededSchool.Settings);
        var school = await SeededSchool.PlantAsync(app.Services, app.Clock.GetUtcNow());
        using var admin = app.WithToken(school.Admin);

        var list = await admin.GetFromJsonAsync<JsonElement>("/api/v1/inbox/set-aside");
        var item = Assert.Single(list.GetProperty("items").EnumerateArray());
        Assert.Equal(["id", "event", "receivedAt", "reason", "tries"], item.EnumerateObject().Select(p => p.Name));

        var replay = $"/api/v1/inbox/set-aside/{school.SetAside}/replay";
        Assert.Equal(HttpStatusCode.Accepted, (await admin.PostAsync(replay, null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync(replay, null)).StatusCode);
        Assert.Equal(InboxState.Pending, (await app.ReadAsync(db => db.Set<InboxMessage>().SingleAsync(m => m.Id == school.SetAside))).State);
        Assert.Equal($"account:{school.Admin.Id}", (await app.ReadAsync(db => db.Set<LedgerEntry>().SingleAsync(e => e.Action == "delivery.replayed"))).Actor);
    }

    [Fact]
    public async Task The_page_has_a_button_that_does_the_same_and_says_so()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, SeededSchool.Settings);
        var school = await SeededSchool.PlantAsync(app.Services, app.Clock.GetUtcNow());
        using var admin = await app.SignedInAsync(school.Admin);

        var page = await Form.OpenAsync(admin, "/inbox");
        Assert.Contains("It failed 8 times", page.Html, StringComparison.Ordinal);
        var after = await page.PressAsync();

        Assert.Contains("It is being tried again now.", after.Html, StringComparison.Ordinal);
        Assert.Contains("Nothing is set aside", after.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_press_without_the_form_token_changes_nothing()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, SeededSchool.Settings);
        var school = await SeededSchool.PlantAsync(app.Services, app.Clock.GetUtcNow());
        using var admin = await app.SignedInAsync(school.Admin);

        using var response = await admin.PostAsync("/inbox", new FormUrlEncodedContent([new("id", school.SetAside.ToString())]));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("That did not reach us whole", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(InboxState.SetAside, (await app.ReadAsync(db => db.Set<InboxMessage>().SingleAsync(m => m.Id == school.SetAside))).State);
    }
}
