using System.Globalization;
using System.Net.Sockets;
using System.Text;
using SessionGuard.Composition;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Zoom.Webhooks;

namespace SessionGuard.Tests.Platform.Http;

/// <summary>What no browser would send, as bytes on a connection to the service as it really listens.</summary>
public sealed class HostileRequestTests(ListeningService service) : IClassFixture<ListeningService>
{
    private const string Code = "AAAAAAAAAAAAAAAAAAAAAA";

    /// <summary>A request and what it gets. <c>|</c> stands for a line's end, and a <c>Host</c> is added where none is named.</summary>
    public static TheoryData<string, string, int> Requests { get; } = new()
    {
        { "two lengths", "POST /sign-in HTTP/1.1|Content-Length: 3|Content-Length: 4||abcd", 400 },
        { "the same length twice", "POST /sign-in HTTP/1.1|Content-Length: 3|Content-Length: 3||abc", 400 },
        { "a list of lengths", "POST /sign-in HTTP/1.1|Content-Length: 3, 3||abc", 400 },
        { "a length with a sign", "POST /sign-in HTTP/1.1|Content-Length: +3||abc", 400 },
        { "a length below nothing", "POST /sign-in HTTP/1.1|Content-Length: -1||", 400 },
        { "a length beyond numbers", "POST /sign-in HTTP/1.1|Content-Length: 99999999999999999999||", 400 },
        { "chunks that are not the last coding", "POST /sign-in HTTP/1.1|Transfer-Encoding: chunked, identity||0||", 400 },
        { "a coding that nobody knows", "POST /sign-in HTTP/1.1|Transfer-Encoding: xchunked||0||", 400 },
        { "chunks to the endpoint without a signature", "POST /webhooks/zoom/alder HTTP/1.1|Transfer-Encoding: chunked||2|{}|0||", 401 },
        { "chunks and a length to the endpoint", "POST /webhooks/zoom/alder HTTP/1.1|Transfer-Encoding: chunked|Content-Length: 4||0||", 401 },
        { "more than the endpoint takes", "POST /webhooks/zoom/alder HTTP/1.1|Content-Length: 1048577||", 413 },
        { "more than a page takes", "POST /sign-in HTTP/1.1|Content-Type: application/x-www-form-urlencoded|Content-Length: 1048577||", 400 },
        { "a space before the colon", "GET /sign-in HTTP/1.1|X-A : b||", 400 },
        { "a folded header", "GET /sign-in HTTP/1.1|X-A: b| c||", 400 },
        { "a header without a name", "GET /sign-in HTTP/1.1|: b||", 400 },
        { "a zero byte in a header", "GET /sign-in HTTP/1.1|X-A: b\0c||", 400 },
        { "no host", "GET /sign-in HTTP/1.1|Host:||", 421 },
        { "two hosts", "GET /sign-in HTTP/1.1|Host: localhost|Host: evil.test||", 400 },
        { "a host that is none", "GET /sign-in HTTP/1.1|Host: local host||", 400 },
        { "another host", "GET /sign-in HTTP/1.1|Host: evil.test||", 421 },
        { "a whole address", "GET http://localhost/sign-in HTTP/1.1|Host: localhost||", 200 },
        { "a whole address elsewhere", "GET http://evil.test/sign-in HTTP/1.1|Host: evil.test||", 421 },
        { "a whole address that is not the host", "GET http://localhost/sign-in HTTP/1.1|Host: evil.test||", 400 },
        { "an address of another kind", "GET file:///etc/passwd HTTP/1.1||", 400 },
        { "a star", "OPTIONS * HTTP/1.1||", 302 },
        { "a tunnel", "CONNECT evil.test:443 HTTP/1.1|Host: evil.test:443||", 421 },
        { "no version", "GET /sign-in||", 400 },
        { "a version that is none", "GET /sign-in HTTP/1.x||", 505 },
        { "a method with odd signs", "GE(T /sign-in HTTP/1.1||", 400 },
        { "reading in small letters", "get /sign-in HTTP/1.1||", 200 },
        { "sending in small letters", "post /sign-in HTTP/1.1|Content-Length: 0||", 400 },
        { "TRACE", "TRACE /sign-in HTTP/1.1|Cookie: a=b||", 405 },
        { "dots that lead up", $"GET /c/{Code}/../../sign-in HTTP/1.1||", 200 },
        { "dots that lead up, encoded", "GET /c/%2e%2e/sign-in HTTP/1.1||", 200 },
        { "dots that lead out", "GET /../../../etc/passwd HTTP/1.1||", 404 },
        { "encoded slashes in a code", "GET /c/..%2f..%2fsign-in HTTP/1.1||", 404 },
        { "an encoded backslash in a code", "GET /c/..%5c..%5csign-in HTTP/1.1||", 404 },
        { "a zero byte in a code", "GET /c/AA%00AA HTTP/1.1||", 400 },
        { "bytes that are no text in a code", "GET /c/%ff%fe HTTP/1.1||", 404 },
        { "half an encoding in a code", "GET /c/%zz%4 HTTP/1.1||", 404 },
        { "a line's end in a code", "GET /c/AA%0d%0aSet-Cookie:%20a=b HTTP/1.1||", 404 },
        { "a long code", $"GET /c/{new string('A', 3900)} HTTP/1.1||", 404 },
        { "a path that is too long", $"GET /c/{new string('A', 5000)} HTTP/1.1||", 414 },
        { "a long organisation at the endpoint", $"POST /webhooks/zoom/{new string('a', 3900)} HTTP/1.1|Content-Length: 0||", 404 },
        { "too many headers", $"GET /sign-in HTTP/1.1|{string.Concat(Enumerable.Range(0, 65).Select(n => $"X-{n}: a|"))}|", 431 },
        { "a header that is too long", $"GET /sign-in HTTP/1.1|X-A: {new string('a', 17_000)}||", 431 },
        { "another protocol offered", "GET /sign-in HTTP/1.1|Connection: close, Upgrade, HTTP2-Settings|Upgrade: h2c|HTTP2-Settings: AAMAAABkAAQAAP__||", 200 },
        { "a socket asked for", "GET /sign-in HTTP/1.1|Connection: close, Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==||", 200 },
        { "a token that is none", "GET /api/v1/sessions HTTP/1.1|Authorization: Bearer \u0001\u0002||", 401 },
        { "a long token", $"GET /api/v1/sessions HTTP/1.1|Authorization: Bearer {new string('a', 10_000)}||", 401 },
        { "cookies that are not ours", "GET /sessions HTTP/1.1|Cookie: __Host-staff=AAAA; __Host-form=%00; =; ;;||", 302 },
        { "a return address that is nonsense", "GET /sign-in?return=%ff%00%zz&return=//evil.test HTTP/1.1||", 200 },
        { "a form that is cut", "POST /sign-in HTTP/1.1|Content-Type: multipart/form-data; boundary=x|Content-Length: 5||--x\r\n", 400 },
        { "a form without a boundary", "POST /sign-in HTTP/1.1|Content-Type: multipart/form-data|Content-Length: 0||", 400 },
        { "more fields than a form may have", $"POST /sign-in HTTP/1.1|Content-Type: application/x-www-form-urlencoded|Content-Length: 6000||{string.Concat(Enumerable.Repeat("a=&", 2000))}", 400 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_request_that_no_browser_sends_gets_a_plain_refusal(string what, string request, int expected)
    {
        Assert.NotEmpty(what);
        Assert.Equal(expected, await service.AskAsync(WithHost(request)));
    }

    [Fact]
    public async Task A_request_hidden_in_the_body_of_another_is_not_taken_for_one()
    {
        const string Hidden = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
        var told = await service.TellAsync(Encoding.Latin1.GetBytes(
            $"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {Hidden.Length}\r\n\r\n{Hidden}"));

        Assert.StartsWith("HTTP/1.1 400 ", told, StringComparison.Ordinal);
        Assert.DoesNotContain("alive", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_in_chunks_is_taken_and_a_broken_chunk_is_not_stored()
    {
        var (head, body) = ServiceProcess.Raw(Deliveries.Joined(7));
        var chunked = Encoding.Latin1.GetString(head).Replace($"Content-Length: {body.Length}", "Connection: close\r\nTransfer-Encoding: chunked", StringComparison.Ordinal);
        var size = body.Length.ToString("x", CultureInfo.InvariantCulture);

        Assert.StartsWith("HTTP/1.1 200 ", await service.TellAsync([.. Encoding.Latin1.GetBytes($"{chunked}{size}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8]), StringComparison.Ordinal);
        foreach (var broken in (string[])["zz\r\n", "-5\r\n", "ffffffffffffffff\r\n", $"{size};x\n"])
        {
            var told = await service.TellAsync([.. Encoding.Latin1.GetBytes(chunked + broken), .. body, .. "\r\n0\r\n\r\n"u8]);
            Assert.DoesNotContain(" 200 ", told.Split('\n')[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_route_answers_every_method_without_a_fault()
    {
        foreach (var path in Access.Routes.Keys.Select(PathOf).Distinct(StringComparer.Ordinal))
        {
            foreach (var method in (string[])["GET", "HEAD", "OPTIONS", "TRACE", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"])
            {
                var status = await service.AskAsync($"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
                Assert.True(status is >= 200 and < 500, $"{method} {path}: {status}");
                Assert.True(method is not "TRACE" || status is not 200, $"{path} repeats what it was told.");
            }
        }
    }

    private static string WithHost(string request)
    {
        var (line, rest) = (request.Split('|')[0], request[(request.IndexOf('|', StringComparison.Ordinal) + 1)..]);
        var host = rest.Contains("Host:", StringComparison.Ordinal) ? "" : "Host: localhost|";
        var close = rest.Contains("Connection:", StringComparison.Ordinal) ? "" : "Connection: close|";
        return $"{line}|{host}{close}{rest}".Replace("|", "\r\n", StringComparison.Ordinal);
    }

    private static string PathOf(string route) => "/" + (route.Contains(' ', StringComparison.Ordinal) ? route.Split(' ')[1] : route)
        .Replace("{id:guid?}", $"{Guid.Empty}", StringComparison.Ordinal)
        .Replace("{id:guid}", $"{Guid.Empty}", StringComparison.Ordinal)
        .Replace("{carer:guid}", $"{Guid.Empty}", StringComparison.Ordinal)
        .Replace("{organisation?}", "alder", StringComparison.Ordinal)
        .Replace("{organisation}", "alder", StringComparison.Ordinal)
        .Replace("{documentName}", "v1", StringComparison.Ordinal)
        .Replace("{**path:file}", "site.css", StringComparison.Ordinal)
        .Replace("{who}", "lead", StringComparison.Ordinal)
        .Replace("{code}", Code, StringComparison.Ordinal);
}

/// <summary>The service as a process on a port of this machine; shared by tests that only send it nonsense.</summary>
public sealed class ListeningService : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly string _folder = Directory.CreateTempSubdirectory("sessionguard-hostile-").FullName;
    private ServiceProcess _process = null!;

    public async ValueTask InitializeAsync() => _process = await ServiceProcess.StartAsync(_folder, StorageEngine.Sqlite, "");

    public async ValueTask DisposeAsync()
    {
        Assert.True(_process.IsAlive);
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <returns>The status that the first line of the answer names.</returns>
    public async Task<int> AskAsync(string request)
    {
        var told = await TellAsync(Encoding.Latin1.GetBytes(request));
        Assert.StartsWith("HTTP/1.1 ", told, StringComparison.Ordinal);
        return int.Parse(told.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Sends bytes as they are and reads until the service hangs up.</summary>
    internal async Task<string> TellAsync(byte[] bytes)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var client = await _process.ConnectAsync();
        var told = new MemoryStream();
        try
        {
            await client.GetStream().WriteAsync(bytes, limit.Token);
            await client.GetStream().CopyToAsync(told, limit.Token);
        }
        catch (Exception hungUp) when (hungUp is IOException or SocketException)
        {
            // Before all was sent or read: what it said until then counts.
        }

        return Encoding.Latin1.GetString(told.ToArray());
    }
}
