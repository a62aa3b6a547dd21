using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SessionGuard.Platform.Hosting;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Benchmarks;

/// <summary>A receiver as a process of its own, and what it costs together with its database.</summary>
internal sealed class Target : IAsyncDisposable
{
    /// <summary>What ASP.NET Core logs once the port is open; the baselines, which do not log, say the same.</summary>
    public const string Ready = "Now listening on";

    private const double TicksPerSecond = 100; // USER_HZ on Linux
    private readonly Process _process;
    private readonly Task _ready;
    private readonly PostgresServer? _server;

    private Target(string name, Process process, Task ready, int port, PostgresServer? server) =>
        (Name, _process, _ready, Port, _server) = (name, process, ready, port, server);

    public string Name { get; }

    public int Port { get; }

    /// <summary>Resident memory of the process now, in MiB.</summary>
    public double MemoryMiB
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1024.0 / 1024.0;
        }
    }

    /// <summary>The part of it that is not pages of program files, which the system takes back when it needs them; in MiB.</summary>
    public double OwnMemoryMiB => File.ReadLines($"/proc/{_process.Id}/smaps_rollup")
        .Where(line => line.StartsWith("Pss_Anon:", StringComparison.Ordinal) || line.StartsWith("Pss_Shmem:", StringComparison.Ordinal))
        .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)) / 1024.0;

    /// <summary>Processor seconds so far, the database's processes included.</summary>
    public double CpuSeconds => CpuSecondsOf(_process.Id, _server);

    /// <summary>As <see cref="CpuSeconds"/>, of this process.</summary>
    public static double CpuSecondsHere(PostgresServer? server) => CpuSecondsOf(Environment.ProcessId, server);

    public static Target DistantZoom() => Start("Zoom", null, (start, port) => Own(start, ["zoom", port]));

    public static Target Bare() => Start("bare Kestrel", null, (start, port) => Own(start, ["bare", port]));

    /// <param name="published">What to run; null: as built.</param>
    public static Target Row(Storage storage, Published? published = null) => Start($"EF Core row, {storage.Engine}", storage.Server,
        (start, port) => Own(start, ["row", port, storage.Engine, storage.RowConnection], published?.Benchmarks));

    /// <param name="published">What to run; null: as built.</param>
    public static Target App(Storage storage, bool jobs, Published? published = null) => Start($"SessionGuard, {storage.Engine}{(jobs ? ", jobs on" : "")}", storage.Server, (start, port) =>
    {
        start.ArgumentList.Add(published?.Service ?? typeof(ServiceOptions).Assembly.Location);
        start.ArgumentList.Add("serve");
        foreach (var (key, value) in storage.AppSettings(jobs))
        {
            start.Environment[key] = value;
        }

        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
    });

    /// <summary>Waits until it says that its port takes connections.</summary>
    public async Task<Target> ReadyAsync()
    {
        await _ready.WaitAsync(TimeSpan.FromMinutes(1));
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Target Start(string name, PostgresServer? server, Action<ProcessStartInfo, string> configure)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Production" } };
        configure(start, port.ToString(CultureInfo.InvariantCulture));
        var process = Process.Start(start)!;
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                ready.TrySetException(new InvalidOperationException($"{name} ended."));
            }
            else if (line.Data.Contains(Ready, StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
        };
        process.BeginOutputReadLine();
        return new Target(name, process, ready.Task, port, server);
    }

    private static void Own(ProcessStartInfo start, string[] arguments, string? assembly = null)
    {
        start.ArgumentList.Add(assembly ?? typeof(Target).Assembly.Location);
        Array.ForEach(arguments, start.ArgumentList.Add);
    }

    private static double CpuSecondsOf(int process, PostgresServer? server) => TicksOf(process, children: false) / TicksPerSecond
        + (server is null ? 0 : ServerProcesses(server.ProcessId).Sum(id => TicksOf(id, children: id == server.ProcessId)) / TicksPerSecond);

    private static IEnumerable<int> ServerProcesses(int parent) =>
        File.ReadAllText($"/proc/{parent}/task/{parent}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture)).Append(parent);

    private static long TicksOf(int process, bool children)
    {
        try
        {
            // The name in brackets may hold blanks; the fields behind it are counted from 3 (proc(5)).
            var fields = File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields.Skip(11).Take(children ? 4 : 2).Sum(f => long.Parse(f, CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return 0; // it ended meanwhile
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
