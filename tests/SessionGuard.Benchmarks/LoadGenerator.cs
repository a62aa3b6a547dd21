using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;

namespace SessionGuard.Benchmarks;

/// <summary>How a round is sent.</summary>
/// <param name="Rate">Requests a second, each timed from the moment it was let go; 0: as fast as the answers come.</param>
/// <param name="RepeatsPercent">How many of the requests were sent before in this round.</param>
/// <param name="Pages">Paths to get in turn instead of sending deliveries; null: deliveries.</param>
internal sealed record Round(
    int Port, int Count, int First, int Connections = 128, int Rate = 0, int RepeatsPercent = 0, bool Forged = false, IReadOnlyList<string>? Pages = null);

internal sealed record RoundResult(double Seconds, int Ok, int Refused, int Failed, double P50, double P95, double P99, double Max)
{
    public double Rate => (Ok + Refused) / Seconds;
}

/// <summary>Sends rounds over keep-alive connections of its own, in a process of its own. One line of JSON in, one out.</summary>
internal static class LoadGenerator
{
    public static async Task<int> RunAsync(TextReader commands, TextWriter results)
    {
        while (await commands.ReadLineAsync() is { } line)
        {
            var result = await SendAsync(JsonSerializer.Deserialize<Round>(line)!);
            await results.WriteLineAsync(JsonSerializer.Serialize(result));
            await results.FlushAsync();
        }

        return 0;
    }

    private static async Task<RoundResult> SendAsync(Round round)
    {
        var requests = new byte[round.Count][];
        var fresh = round.Count * (100 - round.RepeatsPercent) / 100;
        Parallel.For(0, fresh, n => requests[n] = round.Pages is { } pages
            ? Connection.Get(pages[n % pages.Count])
            : Zoom.Request(round.First + n, round.Forged));
        for (var n = fresh; n < round.Count; n++)
        {
            requests[n] = requests[n * 7919L % fresh];
        }

        if (round.RepeatsPercent > 0)
        {
            Spread(requests, fresh);
        }

        var connections = new Connection[round.Connections];
        for (var c = 0; c < connections.Length; c++)
        {
            connections[c] = await Connection.OpenAsync(round.Port);
        }

        var (statuses, milliseconds) = (new int[round.Count], new double[round.Count]);
        var due = Channel.CreateUnbounded<(int Number, long At)>(new UnboundedChannelOptions { SingleWriter = true });
        var started = Stopwatch.GetTimestamp();
        var release = ReleaseAsync(round, due.Writer);
        await Task.WhenAll(connections.Select(connection => Task.Run(async () =>
        {
            await foreach (var (number, at) in due.Reader.ReadAllAsync())
            {
                // At full speed a request is due when a connection is free for it.
                var from = round.Rate == 0 ? Stopwatch.GetTimestamp() : at;
                statuses[number] = await connection.AskAsync(requests[number]);
                milliseconds[number] = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
            }
        })).Append(release));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Array.ForEach(connections, c => c.Dispose());
        Array.Sort(milliseconds);
        return new RoundResult(seconds, statuses.Count(s => s == 200), statuses.Count(s => s == 401), statuses.Count(s => s is not (200 or 401)),
            At(milliseconds, .5), At(milliseconds, .95), At(milliseconds, .99), milliseconds[^1]);
    }

    /// <summary>Mixes the repeats, which stand at the end, among the rest; the same way each time.</summary>
    private static void Spread(byte[][] requests, int fresh)
    {
        for (var n = fresh; n < requests.Length; n++)
        {
            var other = (int)(n * 104_729L % requests.Length);
            (requests[n], requests[other]) = (requests[other], requests[n]);
        }
    }

    /// <summary>
    /// Lets requests go at the round's rate, whether or not the earlier ones were answered. Above 1,000 a second a few go together at each tick;
    /// each is timed from then.
    /// </summary>
    private static async Task ReleaseAsync(Round round, ChannelWriter<(int Number, long At)> due)
    {
        var started = Stopwatch.GetTimestamp();
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        var number = 0;
        do
        {
            var released = round.Rate == 0 ? round.Count : Math.Min(round.Count, (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * round.Rate) + 1);
            for (; number < released; number++)
            {
                due.TryWrite((number, Stopwatch.GetTimestamp()));
            }
        }
        while (number < round.Count && await ticks.WaitForNextTickAsync());

        due.Complete();
    }

    private static double At(double[] sorted, double part) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
}
