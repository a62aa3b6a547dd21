using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Tests.Zoom.Webhooks;

/// <summary>Connections that cost an attacker nothing must cost us little, and Zoom nothing at all.</summary>
public sealed class SlowClientTests : IDisposable
{
    private const int Each = 50;
    private static readonly TimeSpan Dropped = TimeSpan.FromSeconds(30);
    private readonly string _folder = Directory.CreateTempSubdirectory("sessionguard-slow-").FullName;

    [Fact]
    public async Task Slow_senders_and_readers_are_let_go_while_deliveries_are_answered_quickly()
    {
        await using var service = await ServiceProcess.StartAsync(_folder, StorageEngine.Sqlite, "");
        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => service.SendAsync(Deliveries.Joined(n))));
        var before = service.Size.Bytes;
        // Long enough to fill every buffer on the way on a busy machine; what counts is how long each lasts from then on.
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(90));

        var slow = Enumerable.Range(0, Each).SelectMany(_ => (Task<TimeSpan>[])
        [
            HalfAHeadAsync(service, stop.Token), ByteByByteAsync(service, stop.Token), NeverReadingAsync(service, stop.Token),
        ]).ToList();
        var idle = await Task.WhenAll(Enumerable.Range(0, Each).Select(_ => service.ConnectAsync()));
        var good = await DeliverWhileAsync(service, Task.WhenAll(slow));

        Assert.All(await Task.WhenAll(slow), lasted => Assert.InRange(lasted, TimeSpan.Zero, Dropped));
        Assert.All(good, g => Assert.Equal(HttpStatusCode.OK, g.Status));
        // Other tests share the processors, so answers are held to the limit of Zoom.
        Assert.InRange(good.Select(g => g.Took).Max(), TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.InRange(service.Size.Bytes, 0, before + (75 * 1024 * 1024));
        Array.ForEach(idle, i => i.Dispose());
    }

    [Fact]
    public async Task A_body_that_trickles_in_is_answered_503_in_time()
    {
        await using var service = await ServiceProcess.StartAsync(_folder, StorageEngine.Sqlite, "");
        Assert.Equal(HttpStatusCode.OK, await service.SendAsync(Deliveries.Joined(0)));
        using var client = await service.ConnectAsync();
        var (head, body) = ServiceProcess.Raw(Deliveries.Joined(1));
        var watch = Stopwatch.StartNew();
        await client.GetStream().WriteAsync((byte[])[.. head, .. body[..10]]);

        var buffer = new byte[1024];
        var answer = Encoding.ASCII.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer));

        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Contains("Retry-After: 5", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_is_taken_in_pieces_of_any_size()
    {
        await using var service = await ServiceProcess.StartAsync(_folder, StorageEngine.Sqlite, "");
        using var client = await service.ConnectAsync();
        client.NoDelay = true;
        var (head, body) = ServiceProcess.Raw(Deliveries.Joined(1, topic: "🩰"));
        foreach (var single in head.Concat(body))
        {
            await client.GetStream().WriteAsync(new[] { single });
        }

        var buffer = new byte[1024];
        var read = await client.GetStream().ReadAsync(buffer);

        Assert.StartsWith("HTTP/1.1 200 ", Encoding.ASCII.GetString(buffer, 0, read), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>50 deliveries a second until <paramref name="slow"/> ends.</summary>
    private static async Task<List<(HttpStatusCode? Status, TimeSpan Took)>> DeliverWhileAsync(ServiceProcess service, Task slow)
    {
        var answers = new ConcurrentBag<(HttpStatusCode?, TimeSpan)>();
        var sent = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var number = 10_000; !slow.IsCompleted; number++)
        {
            await timer.WaitForNextTickAsync();
            sent.Add(DeliverAsync(number));
        }

        await Task.WhenAll(sent);
        return [.. answers];

        async Task DeliverAsync(int number)
        {
            var watch = Stopwatch.StartNew();
            answers.Add((await service.SendAsync(Deliveries.Joined(number)), watch.Elapsed));
        }
    }

    private static async Task<TimeSpan> HalfAHeadAsync(ServiceProcess service, CancellationToken stop)
    {
        using var client = await service.ConnectAsync();
        await client.GetStream().WriteAsync("POST /webhooks/zoom/alder HTTP/1.1\r\nHost: x\r\nX-Slow: "u8.ToArray(), stop);
        return await UntilDroppedAsync(client, stop);
    }

    private static async Task<TimeSpan> ByteByByteAsync(ServiceProcess service, CancellationToken stop)
    {
        using var client = await service.ConnectAsync();
        await client.GetStream().WriteAsync(ServiceProcess.Raw(Deliveries.Joined(1)).Head, stop);
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var trickling = TrickleAsync(client.GetStream(), sending.Token);
        var lasted = await UntilDroppedAsync(client, stop);
        await sending.CancelAsync();
        await trickling;
        return lasted;
    }

    private static async Task TrickleAsync(NetworkStream stream, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await stream.WriteAsync("x"u8.ToArray(), stop);
            }
        }
        catch (Exception over) when (over is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side hung up, which is what is hoped for.
        }
    }

    /// <summary>Asks and asks and takes no answer, until the answers fill every buffer on the way.</summary>
    private static async Task<TimeSpan> NeverReadingAsync(ServiceProcess service, CancellationToken stop)
    {
        using var client = await service.ConnectAsync();
        client.ReceiveBufferSize = 1024;
        var watch = Stopwatch.StartNew();
        var asks = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("GET /site.css HTTP/1.1\r\nHost: localhost\r\n\r\n", 100)));
        try
        {
            while (true)
            {
                await client.GetStream().WriteAsync(asks, stop);
                watch.Restart(); // only the time in which nothing moves any more counts
            }
        }
        catch (IOException)
        {
            return watch.Elapsed;
        }
    }

    private static async Task<TimeSpan> UntilDroppedAsync(TcpClient client, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var buffer = new byte[1024];
        try
        {
            while (await client.GetStream().ReadAsync(buffer, stop) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Reset is as good as closed.
        }

        return watch.Elapsed;
    }
}
