using System.Diagnostics;
using Npgsql;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Backups;

/// <summary>PostgreSQL's own <c>pg_dump</c> and <c>pg_restore</c>. The password reaches them through their environment alone.</summary>
internal sealed class PostgresPrograms(PostgresConnections connections)
{
    private const string DebiansFolder = "/usr/lib/postgresql";

    /// <summary>The connection that they are given, without what only we understand.</summary>
    public NpgsqlConnectionStringBuilder Connection { get; } = new(connections.ConnectionString);

    /// <summary>Null: it is not on this machine. Of several versions the newest, since it reads the older servers too.</summary>
    public static string? Find(string program) =>
        Versions().Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="StartException">It is not there, or it failed; the message has its own words.</exception>
    public async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        var path = Find(program) ?? throw new StartException(Instead(program, arguments));
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Variables())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            var error = process.StandardError.ReadToEndAsync(cancellation);
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0 ? output : throw new StartException($"{program} failed: {(await error).Trim()}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    /// <summary>The sentence for a machine that does not have the program.</summary>
    public string Instead(string program, string[] arguments) =>
        $"{program} is not on this machine. Where it is, run: {program} --host={Connection.Host} --port={Connection.Port} "
        + $"--username={Connection.Username} {string.Join(' ', arguments.Where(a => !a.StartsWith("--snapshot", StringComparison.Ordinal)))} {Connection.Database}";

    private static IEnumerable<string> Versions() => Directory.Exists(DebiansFolder)
        ? Directory.GetDirectories(DebiansFolder)
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0).Select(folder => Path.Combine(folder, "bin"))
        : [];

    private IEnumerable<(string Name, string? Value)> Variables() =>
    [
        ("PGHOST", Connection.Host),
        ("PGPORT", Connection.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("PGUSER", Connection.Username),
        ("PGDATABASE", Connection.Database),
        ("PGPASSWORD", Connection.Password),
        ("PGSSLMODE", Connection.SslMode switch
        {
            SslMode.Disable => "disable",
            SslMode.Allow => "allow",
            SslMode.Prefer => "prefer",
            SslMode.Require => "require",
            SslMode.VerifyCA => "verify-ca",
            SslMode.VerifyFull => "verify-full",
        }),
        ("PGSSLROOTCERT", Connection.RootCertificate),
    ];
}
