using System.Net;
using Microsoft.Data.Sqlite;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Webhooks.Endpoint;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Tests.Zoom.Webhooks;

public sealed class InboxHealthTests
{
    [Fact]
    public async Task On_a_full_disk_the_service_says_so_until_deliveries_are_stored_again()
    {
        var disk = new FullDisk();
        await using var app = await App.StartAsync(StorageEngine.Sqlite, services: services => services.AddSingletonStore(disk));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.DeliverAsync(Deliveries.Joined(1)));
        using var visitor = app.Stranger();
        using var answer = await visitor.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("disk is full", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        disk.HasRoom = true;
        Assert.Equal(HttpStatusCode.OK, await app.DeliverAsync(Deliveries.Joined(1)));
        Assert.Equal("""{"status":"ready","reasons":[]}""", await visitor.GetStringAsync("/health/ready"));
    }

    [Fact]
    public async Task Where_nothing_more_is_sent_the_service_is_ready_for_another_try_after_a_while()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite, services: services => services.AddSingletonStore(new FullDisk()));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.DeliverAsync(Deliveries.Joined(1)));
        using var visitor = app.Stranger();

        app.Clock.Advance(InboxHealth.Fresh - TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await visitor.GetAsync("/health/ready")).StatusCode);
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/health/ready")).StatusCode);
    }

    /// <summary>A database whose disk has no room.</summary>
    private sealed class FullDisk : IInboxStore
    {
        private const int SqliteFull = 13;

        public bool HasRoom { get; set; }

        public Task<int> StoreAsync(IReadOnlyList<InboxMessage> messages, CancellationToken cancellation) =>
            HasRoom ? Task.FromResult(messages.Count) : throw new SqliteException("database or disk is full", SqliteFull);

        public bool BlamesARow(Exception failure) => false;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
