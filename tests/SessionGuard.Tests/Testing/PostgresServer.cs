using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace SessionGuard.Tests.Testing;

/// <summary>
/// A PostgreSQL of the test run's own: a fresh cluster in a temporary folder, on a free port, ended with the run. Never one that was
/// already there. Without the server programs, tests on PostgreSQL are skipped and say so.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string ServerUser = "postgres";
    private readonly string _folder;
    private readonly string _programs;

    private PostgresServer(string folder, string programs, int port)
    {
        (_folder, _programs, Port) = (folder, programs, port);
    }

    public int Port { get; }

    public string DataFolder => Path.Combine(_folder, "data");

    /// <summary>The process id of the server's parent process, as the server wrote it down.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(DataFolder, "postmaster.pid")).First(), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The folder of the newest PostgreSQL server installed; null when there is none.</summary>
    public static string? Programs { get; } = FindPrograms();

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={Port};Username={ServerUser};Database={database};Pooling=true;Maximum Pool Size=30;SSL Mode=Disable";

    /// <param name="durable">True keeps fsync on, for tests that crash the server.</param>
    /// <param name="on">A folder to keep its data in; null: a temporary one.</param>
    public static async Task<PostgresServer> StartAsync(bool durable = false, string? on = null)
    {
        var programs = Programs ?? throw new InvalidOperationException("No PostgreSQL server is installed.");
        var server = new PostgresServer(
            on is null ? Directory.CreateTempSubdirectory("sessionguard-pg-").FullName : Directory.CreateDirectory(Path.Combine(on, "pg")).FullName,
            programs, FreePort());
        if (IsRoot)
        {
            await RunAsync("chown", [ServerUser, server._folder]);
        }

        await server.RunAsServerAsync("initdb", ["-D", server.DataFolder, "-U", ServerUser, "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]);
        await File.AppendAllTextAsync(Path.Combine(server.DataFolder, "postgresql.auto.conf"), string.Join('\n',
            "listen_addresses='127.0.0.1'", $"unix_socket_directories='{server._folder}'", "max_connections=300",
            durable ? "fsync=on" : "fsync=off", durable ? "synchronous_commit=on" : "full_page_writes=off", ""));
        await server.LaunchAsync();
        return server;
    }

    /// <summary>Starts the server on its existing data; for tests that ended it themselves.</summary>
    public async Task LaunchAsync()
    {
        // A killed server's children hold its shared memory a moment longer, and the files that it left name a zombie that looks alive.
        await Eventually.Async(() => !IsWorkedIn(DataFolder), TimeSpan.FromSeconds(30));
        File.Delete(Path.Combine(DataFolder, "postmaster.pid"));
        File.Delete(Path.Combine(_folder, $".s.PGSQL.{Port}.lock"));
        await RunAsServerAsync("pg_ctl",
            ["-D", DataFolder, "-w", "-t", "30", "-l", Path.Combine(_folder, "server.log"), "-o", $"-p {Port}", "start"]);
    }

    /// <summary>Ends it in order and starts it again, for settings that it reads at no other time.</summary>
    public Task RestartAsync() => RunAsServerAsync("pg_ctl",
        ["-D", DataFolder, "-w", "-t", "30", "-m", "fast", "-l", Path.Combine(_folder, "server.log"), "-o", $"-p {Port}", "restart"]);

    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(database) + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await RunAsServerAsync("pg_ctl", ["-D", DataFolder, "-m", "immediate", "-w", "-t", "20", "stop"]);
        }
        catch (InvalidOperationException)
        {
            // A test ended it already.
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Every process of a server has its data as the working folder.</summary>
    private static bool IsWorkedIn(string folder) =>
        Directory.EnumerateDirectories("/proc").Any(process => Path.GetFileName(process).All(char.IsAsciiDigit) && WorkingFolder(process) == folder);

    private static string? WorkingFolder(string process)
    {
        try
        {
            return File.ResolveLinkTarget(Path.Combine(process, "cwd"), returnFinalTarget: false)?.FullName;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null; // ended meanwhile, a zombie, or another user's
        }
    }

    private static bool IsRoot => Environment.UserName == "root";

    private static string? FindPrograms() =>
        new[] { "/usr/lib/postgresql" }.Where(Directory.Exists).SelectMany(Directory.GetDirectories)
            .Where(d => File.Exists(Path.Combine(d, "bin", "initdb")))
            .OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var version) ? version : 0)
            .Select(d => Path.Combine(d, "bin")).FirstOrDefault();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private Task RunAsServerAsync(string program, string[] arguments)
    {
        var path = Path.Combine(_programs, program);
        return IsRoot
            ? RunAsync("setpriv", ["--reuid", ServerUser, "--regid", ServerUser, "--init-groups", path, .. arguments])
            : RunAsync(path, arguments);
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        // The server keeps the streams it inherits: nothing is redirected to us, or we would wait for its end.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "\"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments])
        {
            WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        }
    }
}
