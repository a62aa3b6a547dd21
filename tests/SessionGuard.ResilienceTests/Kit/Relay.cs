using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace SessionGuard.ResilienceTests.Kit;

internal enum Direction
{
    /// <summary>From the client to the server.</summary>
    Upstream,

    /// <summary>From the server to the client.</summary>
    Downstream,
}

/// <summary>A network that a test can make bad: passes TCP on to a port of this machine, through the toxics that lie on it.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<(RelayLine Line, Task Running)> _lines = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly Task _accepting;
    private ImmutableList<(Direction Direction, Toxic Toxic)> _toxics = [];
    private volatile bool _isDown;

    public Relay(int target)
    {
        _target = target;
        _listener.Start(backlog: 512);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Lays a toxic on every line, those that stand already included.</summary>
    public void Add(Direction direction, Toxic toxic) => ImmutableInterlocked.Update(ref _toxics, all => all.Add((direction, toxic)));

    /// <summary>Cuts every line with a reset and takes no new one.</summary>
    public void GoDown()
    {
        _isDown = true;
        Reset();
    }

    /// <summary>Cuts every line that stands, with a reset.</summary>
    public void Reset()
    {
        foreach (var (line, _) in _lines)
        {
            line.Reset();
        }
    }

    /// <summary>A good network again. Lines that hang are cut: their ends do not wait any more.</summary>
    public void Heal()
    {
        var lifted = Interlocked.Exchange(ref _toxics, []);
        _isDown = false;
        if (lifted.Any(t => t.Toxic is Timeout))
        {
            Reset();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        GoDown();
        await Task.WhenAll(_lines.Select(l => l.Running));
        foreach (var (line, _) in _lines)
        {
            line.Dispose();
        }

        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                var line = new RelayLine(client, direction => _toxics.Where(t => t.Direction == direction).Select(t => t.Toxic));
                if (_isDown)
                {
                    line.Reset();
                }

                _lines.Enqueue((line, line.RunAsync(_target)));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }
}
