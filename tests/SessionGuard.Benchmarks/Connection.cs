using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace SessionGuard.Benchmarks;

/// <summary>One keep-alive connection of the load generator.</summary>
internal sealed class Connection(TcpClient client) : IDisposable
{
    private readonly NetworkStream _stream = client.GetStream();
    private byte[] _buffer = new byte[4096];

    public static async Task<Connection> OpenAsync(int port)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", port);
        return new Connection(client);
    }

    public static byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n");

    /// <summary>The status once the whole answer is there, or 0 when the connection broke.</summary>
    public async ValueTask<int> AskAsync(byte[] request)
    {
        try
        {
            await _stream.WriteAsync(request);
            var read = 0;
            while (!IsWhole(_buffer.AsSpan(0, read)))
            {
                if (read == _buffer.Length)
                {
                    Array.Resize(ref _buffer, read * 2);
                }

                var more = await _stream.ReadAsync(_buffer.AsMemory(read));
                if (more == 0)
                {
                    return 0;
                }

                read += more;
            }

            return int.Parse(_buffer.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    public void Dispose() => client.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        if (answer.IndexOf("\r\n\r\n"u8) is >= 0 and var end)
        {
            var head = answer[..end];
            var body = answer[(end + 4)..];
            return head.IndexOf("Transfer-Encoding: chunked"u8) < 0 ? body.Length >= LengthIn(head) : body.EndsWith("0\r\n\r\n"u8);
        }

        return false;
    }

    private static int LengthIn(ReadOnlySpan<byte> head)
    {
        var name = "Content-Length: "u8;
        if (head.IndexOf(name) is not (>= 0 and var at))
        {
            return 0;
        }

        var value = head[(at + name.Length)..];
        return int.Parse(value.IndexOf("\r\n"u8) is >= 0 and var end ? value[..end] : value, CultureInfo.InvariantCulture);
    }
}
