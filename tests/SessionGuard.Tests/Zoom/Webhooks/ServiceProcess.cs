using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SessionGuard.Platform.Storage;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Zoom.Webhooks;

/// <summary>The service as a process of its own on a real port, for tests that kill it or starve it.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    /// <summary>The exit code after SIGKILL.</summary>
    public const int Killed = 137;

    /// <summary>A start takes a second, and a minute on a machine that has much else to do.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Dictionary<string, string?> _settings;
    private readonly string _program;
    private readonly HttpClient _client;
    private Process? _process;

    private ServiceProcess(Dictionary<string, string?> settings, string program)
    {
        _settings = settings;
        _program = program;
        Port = FreePort();
        _client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{Port}"),
            Timeout = TimeSpan.FromSeconds(20),
        };
    }

    public int Port { get; }

    public Uri Address => _client.BaseAddress!;

    public bool IsAlive => _process is { HasExited: false };

    /// <summary>Memory in use, and threads.</summary>
    public (long Bytes, int Threads) Size
    {
        get
        {
            _process!.Refresh();
            return (_process.WorkingSet64, _process.Threads.Count);
        }
    }

    /// <param name="settings">On top of every test service's.</param>
    /// <param name="program">Null: the one that the tests were built with.</param>
    public static async Task<ServiceProcess> StartAsync(
        string folder, StorageEngine engine, string connection, IReadOnlyDictionary<string, string?>? settings = null, string? program = null)
    {
        var all = App.Settings(folder, engine, connection);
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            all[key] = value;
        }

        var service = new ServiceProcess(all, program ?? typeof(Program).Assembly.Location);
        try
        {
            await service.LaunchAsync();
            return service;
        }
        catch
        {
            await service.DisposeAsync(); // nobody else knows of it
            throw;
        }
    }

    /// <summary>Starts it and waits until it answers, or was killed on the way: a failpoint may lie there.</summary>
    /// <param name="once">Environment for this start alone.</param>
    public async Task LaunchAsync(IReadOnlyDictionary<string, string?>? once = null)
    {
        var start = new ProcessStartInfo("dotnet", [_program, "serve"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Port}", ["Logging__LogLevel__Default"] = "Warning" },
        };
        foreach (var (key, value) in _settings.Concat(once ?? new Dictionary<string, string?>()))
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var listening = new TaskCompletionSource();
        _process = new Process { StartInfo = start };
        _process.StartInfo.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("Application started", StringComparison.Ordinal) is true)
            {
                listening.TrySetResult();
            }
        };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (await Task.WhenAny(listening.Task, _process.WaitForExitAsync()).WaitAsync(Patience) != listening.Task && _process.ExitCode != Killed)
        {
            throw new InvalidOperationException($"The service did not start: exit code {_process.ExitCode}.");
        }
    }

    /// <summary>SIGKILL: nothing gets the chance to finish.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a supervisor does.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        return await ExitAsync();
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for its end, whoever brings it about.</summary>
    public async Task<int> ExitAsync()
    {
        await _process!.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Null: no answer came, so the sender does not know.</summary>
    public async Task<HttpStatusCode?> SendAsync(string json)
    {
        try
        {
            using var request = ZoomSigned.Request(App.Slug, App.WebhookSecret, DateTimeOffset.UtcNow, Encoding.UTF8.GetBytes(json));
            using var response = await _client.SendAsync(request);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        return client;
    }

    /// <summary>A whole signed request as bytes, for those who send it in their own way.</summary>
    public static (byte[] Head, byte[] Body) Raw(string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var head = $"POST /webhooks/zoom/{App.Slug} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n"
            + $"x-zm-request-timestamp: {timestamp}\r\nx-zm-signature: {ZoomSigned.Signature(App.WebhookSecret, timestamp, body)}\r\n\r\n";
        return (Encoding.ASCII.GetBytes(head), body);
    }

    public async ValueTask DisposeAsync()
    {
        if (IsAlive)
        {
            await KillAsync();
        }

        _client.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
