using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Threading.Channels;
using SessionGuard.Tests.Testing;

namespace SessionGuard.ResilienceTests.Kit;

/// <param name="Answer">Null: none came, so the sender does not know whether it is stored.</param>
internal sealed record Attempt(int Number, HttpStatusCode? Answer, TimeSpan Took)
{
    public bool IsAcknowledged => Answer is HttpStatusCode.OK;
}

/// <summary>
/// Zoom's side of the books: sends signed deliveries to one node or several in turn, writes down what became of every attempt, and sends
/// again what was not acknowledged.
/// </summary>
internal sealed class Sender(params Uri[] nodes) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 1024, AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    private readonly ConcurrentDictionary<int, bool> _acknowledged = new();
    private int _last = -1;

    /// <summary>Every attempt, in the order in which they ended.</summary>
    public ConcurrentQueue<Attempt> Attempts { get; } = [];

    public int Acknowledged => _acknowledged.Count(a => a.Value);

    /// <summary>Every number that was ever sent, and whether it was acknowledged.</summary>
    public IReadOnlyDictionary<int, bool> Sent => _acknowledged;

    /// <summary>Sends a delivery that was never sent before.</summary>
    public Task<Attempt> SendAsync() => SendAsync(Interlocked.Increment(ref _last));

    public Task<Attempt> SendAsync(int number) => SendAsync(number, nodes[number % nodes.Length]);

    /// <summary>Sends something that does not go into the books.</summary>
    public Task<HttpStatusCode?> SendAsync(byte[] body) => TryAsync(body, nodes[0]);

    public async Task<Attempt> SendAsync(int number, Uri node)
    {
        _acknowledged.TryAdd(number, false);
        var watch = Stopwatch.StartNew();
        var answer = await TryAsync(Events.Joined(number), node);
        var attempt = new Attempt(number, answer, watch.Elapsed);
        Attempts.Enqueue(attempt);
        if (attempt.IsAcknowledged)
        {
            _acknowledged[number] = true;
        }

        return attempt;
    }

    /// <summary>Sends new deliveries as fast as they are answered, those of one meeting one after the other, each until it is acknowledged.</summary>
    public async Task SendInOrderAsync(int count)
    {
        var end = Interlocked.Add(ref _last, count) + 1;
        await Parallel.ForEachAsync(Enumerable.Range(end - count, count).GroupBy(Events.MeetingOf), new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (ofMeeting, _) =>
            {
                foreach (var number in ofMeeting)
                {
                    await Eventually.Async(async () => (await SendAsync(number)).IsAcknowledged, Patience);
                }
            });
    }

    /// <summary>Sends new deliveries at a steady rate, whatever becomes of them, until what it returns is disposed.</summary>
    /// <param name="connections">How many may wait for their answers at once.</param>
    public IAsyncDisposable Load(int perSecond, int connections = 16) => new SteadyLoad(this, perSecond, connections);

    /// <summary>Waits until so many more attempts than now came out as asked for.</summary>
    public Task UntilAsync(int more, Func<Attempt, bool> of)
    {
        var before = Attempts.Count(of);
        return Eventually.Async(() => Attempts.Count(of) >= before + more, Patience);
    }

    /// <summary>Sends new deliveries until one is acknowledged.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> RecoverAsync()
    {
        var watch = Stopwatch.StartNew();
        await Eventually.Async(async () => (await SendAsync()).IsAcknowledged, Patience);
        return watch.Elapsed;
    }

    /// <summary>Sends again what was not acknowledged, as Zoom does, until all of it is.</summary>
    public async Task ResendAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (_acknowledged.Where(a => !a.Value).Select(a => a.Key).ToList() is { Count: > 0 } open)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Parallel.ForEachAsync(open, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = limit.Token },
                async (number, _) => await SendAsync(number));
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpStatusCode?> TryAsync(byte[] body, Uri node)
    {
        try
        {
            using var request = ZoomSigned.Request(App.Slug, App.WebhookSecret, DateTimeOffset.UtcNow, body);
            request.RequestUri = new Uri(node, request.RequestUri!);
            using var response = await _http.SendAsync(request);
            return response.StatusCode;
        }
        catch (Exception broken) when (broken is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    private sealed class SteadyLoad : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public SteadyLoad(Sender sender, int perSecond, int connections)
        {
            var due = Channel.CreateUnbounded<bool>();
            var senders = Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
            {
                await foreach (var _ in due.Reader.ReadAllAsync())
                {
                    // What is still in the queue at the end was never sent.
                    if (!_stop.IsCancellationRequested)
                    {
                        await sender.SendAsync();
                    }
                }
            }));
            _running = Task.WhenAll([ReleaseAsync(due.Writer, perSecond, _stop.Token), .. senders]);
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            _stop.Dispose();
        }

        private static async Task ReleaseAsync(ChannelWriter<bool> due, int perSecond, CancellationToken stop)
        {
            using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
            var watch = Stopwatch.StartNew();
            for (var released = 0; !stop.IsCancellationRequested;)
            {
                for (; released < watch.Elapsed.TotalSeconds * perSecond; released++)
                {
                    due.TryWrite(true);
                }

                await ticks.WaitForNextTickAsync(CancellationToken.None);
            }

            due.Complete();
        }
    }
}
