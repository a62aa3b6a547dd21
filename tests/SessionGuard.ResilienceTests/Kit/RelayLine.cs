using System.Net;
using System.Net.Sockets;

namespace SessionGuard.ResilienceTests.Kit;

/// <summary>One connection through a <see cref="Relay"/>.</summary>
/// <param name="toxics">What lies on a direction now, asked for each chunk.</param>
internal sealed class RelayLine(Socket client, Func<Direction, IEnumerable<Toxic>> toxics) : IDisposable
{
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationTokenSource _cut = new();
    private volatile bool _withReset;

    /// <summary>Cuts it with a reset instead of an end.</summary>
    public void Reset()
    {
        _withReset = true;
        _cut.Cancel();
    }

    public async Task RunAsync(int target)
    {
        client.NoDelay = true;
        if (await EndsAsync(_server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, target), _cut.Token).AsTask()))
        {
            Task[] pumps = [PumpAsync(client, _server, Direction.Upstream), PumpAsync(_server, client, Direction.Downstream)];
            await EndsAsync(await Task.WhenAny(pumps));
            await _cut.CancelAsync();
            await EndsAsync(Task.WhenAll(pumps));
        }

        foreach (var end in (Socket[])[client, _server])
        {
            end.LingerState = new LingerOption(_withReset, 0);
            end.Dispose();
        }
    }

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
        _cut.Dispose();
    }

    /// <returns>Whether it ended by itself, and not because the line did.</returns>
    private static async Task<bool> EndsAsync(Task work)
    {
        try
        {
            await work;
            return true;
        }
        catch (Exception ended) when (ended is SocketException or OperationCanceledException or LineCutException)
        {
            return false;
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Direction direction)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer, _cut.Token) is > 0 and var read)
        {
            await PassAsync(buffer.AsMemory(0, read), to, toxics(direction).ToArray());
        }
    }

    private async Task PassAsync(ReadOnlyMemory<byte> bytes, Socket to, ReadOnlyMemory<Toxic> left)
    {
        if (left.IsEmpty)
        {
            await to.SendAsync(bytes, _cut.Token);
            return;
        }

        await left.Span[0].PassAsync(bytes, piece => PassAsync(piece, to, left[1..]), _cut.Token);
    }
}
