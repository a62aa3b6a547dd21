using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Webhooks;
using SessionGuard.Zoom.Webhooks.Endpoint;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Tests.Zoom.Webhooks;

public sealed class InboxStoreTests
{
    [Theory, OnEachEngine]
    internal async Task A_batch_is_stored_with_its_duplicates_once(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        await using var store = WebhooksFeature.OpenStores(app.Services)[0];
        var messages = Enumerable.Range(0, 300).Select(n => Message(app, n % 100)).ToList();

        Assert.Equal(100, await store.StoreAsync(messages, CancellationToken.None));
        Assert.Equal(0, await store.StoreAsync(messages, CancellationToken.None));
        Assert.Equal(100, (await app.InboxAsync()).Count);
    }

    [Theory, OnEachEngine]
    internal async Task A_row_the_database_refuses_does_not_fail_its_neighbours(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        await app.ReadAsync(db => db.Database.ExecuteSqlRawAsync(engine is StorageEngine.Sqlite
            ? "CREATE TRIGGER refusal BEFORE INSERT ON inbox_messages WHEN NEW.event = 'refused' BEGIN SELECT RAISE(ABORT, 'no'); END"
            : "ALTER TABLE inbox_messages ADD CHECK (event <> 'refused')"));
        var writer = app.Services.GetRequiredService<InboxWriter>();
        var messages = Enumerable.Range(0, 50).Select(n => Message(app, n, n == 25 ? "refused" : "meeting.started")).ToList();

        var stored = await Task.WhenAll(messages.Select(m => writer.TryStoreAsync(m, WebhookEndpoint.Deadline).AsTask()));

        Assert.Equal(messages.Select((_, n) => n != 25), stored);
        Assert.Equal(49, (await app.InboxAsync()).Count);
    }

    [Theory, OnEachEngine]
    internal async Task A_stored_row_is_what_EF_Core_would_have_stored(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var byHand = Message(app, 1);
        await using var store = WebhooksFeature.OpenStores(app.Services)[0];
        await store.StoreAsync([byHand], CancellationToken.None);
        var byModel = Message(app, 2);
        await app.WriteAsync(db => db.Add(byModel));

        var stored = await app.InboxAsync();
        Assert.Equal(Json(byHand), Json(stored.Single(m => m.Id == byHand.Id)));
        Assert.Equal(Json(byModel), Json(stored.Single(m => m.Id == byModel.Id)));
    }

    [Fact]
    public async Task Everything_the_doors_sqlite_connection_acknowledges_is_synced()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        using var connection = app.Services.GetRequiredService<SqliteConnections>().Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        Assert.Equal("wal", command.ExecuteScalar());
        command.CommandText = "PRAGMA synchronous";
        Assert.Equal(2L, command.ExecuteScalar());
    }

    private static string Json(InboxMessage message) => System.Text.Json.JsonSerializer.Serialize(message);

    private static InboxMessage Message(App app, int number, string @event = "meeting.started") => new()
    {
        Id = Guid.CreateVersion7(app.Clock.Now()),
        OrganisationId = app.School.Id,
        DeliveryKey = [0, 0, 0, 0, 0, 0, 0, 1, .. SHA256.HashData(BitConverter.GetBytes(number))],
        Event = @event,
        Body = BitConverter.GetBytes(number),
        ReceivedAt = app.Clock.Now(),
        State = InboxState.SetAside,
        Reason = "why",
    };
}
