using System.Threading.Channels;
using SessionGuard.Platform.Jobs;
using SessionGuard.Zoom.Webhooks.Inbox;
using SessionGuard.Zoom.Webhooks.Processing;

namespace SessionGuard.Zoom.Webhooks.Endpoint;

/// <summary>Deliveries that could not be stored, through no fault of theirs.</summary>
internal sealed record StoreFailure(DateTimeOffset At, Exception Failure);

/// <summary>
/// Groups what arrives together into one transaction: a commit waits for the disk, and a hundred deliveries can share the wait.
/// Each is answered only after its own commit.
/// </summary>
internal sealed partial class InboxWriter(IReadOnlyList<IInboxStore> stores, JobWaker waker, TimeProvider clock, ILogger<InboxWriter> logger)
    : IHostedService, IAsyncDisposable
{
    private const int QueueLength = 4096;
    private const int BatchLength = 256;

    private readonly Channel<PendingMessage> _queue = Channel.CreateBounded<PendingMessage>(QueueLength);
    private Task _writing = Task.CompletedTask;
    private StoreFailure? _lastFailure;

    /// <summary>Null once a later batch was stored.</summary>
    public StoreFailure? LastFailure => Volatile.Read(ref _lastFailure);

    /// <summary>False: it is not known to be stored by then, or too many wait already.</summary>
    public async ValueTask<bool> TryStoreAsync(InboxMessage message, TimeSpan within)
    {
        var pending = new PendingMessage(message);
        if (within <= TimeSpan.Zero || !_queue.Writer.TryWrite(pending))
        {
            return false;
        }

        try
        {
            return await pending.Task.WaitAsync(within, clock);
        }
        catch (TimeoutException)
        {
            pending.Abandon();
            return false;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _writing = Task.WhenAll(stores.Select(store => Task.Run(() => WriteAsync(store), CancellationToken.None)));
        return Task.CompletedTask;
    }

    /// <summary>The server has stopped listening by now; what it took in is still written.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        return _writing.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    private async Task WriteAsync(IInboxStore store)
    {
        await WarmUpAsync(store);
        var batch = new List<PendingMessage>(BatchLength);
        var messages = new List<InboxMessage>(BatchLength);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < BatchLength && _queue.Reader.TryRead(out var pending))
            {
                if (pending.Message is { } message)
                {
                    batch.Add(pending);
                    messages.Add(message);
                }
            }

            await WriteAsync(store, batch, messages);
            batch.Clear();
            messages.Clear();
        }
    }

    /// <summary>Connects, and has all of it compiled, beside the rest of a start: the first delivery does not wait for that.</summary>
    private static async Task WarmUpAsync(IInboxStore store)
    {
        try
        {
            await store.StoreAsync([], CancellationToken.None);
        }
        catch (Exception)
        {
            // Whatever is wrong, the first delivery meets it too, and tells it.
        }
    }

    private async Task WriteAsync(IInboxStore store, List<PendingMessage> batch, List<InboxMessage> messages)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            var stored = await store.StoreAsync(messages, CancellationToken.None);
            if (stored > 0)
            {
                Volatile.Write(ref _lastFailure, null); // a repeat writes nothing, so it proves nothing
                waker.WakeIn<ProcessInboxJob>(ProcessInboxJob.Gather);
            }

            batch.ForEach(pending => pending.TrySetResult(true));
        }
        catch (Exception failure) when (batch.Count > 1 && store.BlamesARow(failure))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                await WriteAsync(store, [batch[i]], [messages[i]]);
            }
        }
        catch (Exception failure)
        {
            // Whatever it was, the next batch must find a writer: without one every delivery would be lost.
            if (!store.BlamesARow(failure))
            {
                Volatile.Write(ref _lastFailure, new StoreFailure(clock.GetUtcNow(), failure));
            }

            LogNotStored(batch.Count, failure.GetType().Name);
            batch.ForEach(pending => pending.TrySetResult(false));
        }
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "{Count} deliveries could not be stored: {Failure}. Zoom was asked to send them again.")]
    private partial void LogNotStored(int count, string failure);
}
