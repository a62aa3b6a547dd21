using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Backups;

/// <summary>SQLite files that no service runs on: a backup, or a database that is being restored.</summary>
internal sealed class SqliteFiles(IServiceProvider services)
{
    private static readonly byte[] Magic = "SQLite format 3\0"u8.ToArray();

    public static bool IsOne(string file) => FileHead.Is(file, Magic);

    /// <summary>
    /// Copies the database as it stands at one instant, by SQLite's own means: whoever writes to it meanwhile is neither held up nor
    /// copied by half. The copy can be read by the service's own account alone.
    /// </summary>
    public static void Copy(SqliteConnectionStringBuilder from, string to)
    {
        PrivateFile.Make(to);
        using var source = Open(from.ConnectionString);
        using var target = Open(To(to));
        source.BackupDatabase(target);
    }

    /// <exception cref="StartException">Pages of it are damaged.</exception>
    public static void Check(string file)
    {
        if (Fault(file) is { } fault)
        {
            throw new StartException($"{file} is damaged: SQLite says {fault}.");
        }
    }

    /// <summary>Leaves one whole file on the disk, without a write-ahead log beside it.</summary>
    public static void Seal(string file)
    {
        using (var connection = Open(To(file)))
        {
            Ask(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            Ask(connection, "PRAGMA journal_mode=DELETE");
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>With what SQLite keeps beside it.</summary>
    public static void Delete(string file)
    {
        foreach (var part in (string[])["", "-wal", "-shm", "-journal"])
        {
            File.Delete(file + part);
        }
    }

    /// <summary>The file seen through the model, every organisation of it.</summary>
    public SessionGuardDb OpenModel(string file)
    {
        var everything = new OrganisationScope();
        everything.Widen();
        var options = new DbContextOptionsBuilder<SqliteDb>()
            .UseSqlite(To(file)).UseHouseStyle().UseApplicationServiceProvider(services)
            .AddInterceptors(services.GetRequiredService<SqlitePragmas>());
        var db = new SqliteDb(options.Options, services.GetRequiredService<PersonalData>(), new SqliteWriteGate());
        db.Serve(everything);
        return db;
    }

    /// <summary>Null: every page is sound. Bad enough a page ends the check itself.</summary>
    private static string? Fault(string file)
    {
        try
        {
            using var connection = Open(To(file));
            return Ask(connection, "PRAGMA integrity_check") is not "ok" and var fault ? fault ?? "nothing" : null;
        }
        catch (SqliteException failure)
        {
            return failure.Message;
        }
    }

    private static string To(string file) => new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString;

    private static SqliteConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        Ask(connection, "PRAGMA busy_timeout=5000");
        return connection;
    }

    private static string? Ask(SqliteConnection connection, string pragma)
    {
        using var command = connection.CreateCommand();
        command.CommandText = pragma;
        return command.ExecuteScalar()?.ToString();
    }
}
