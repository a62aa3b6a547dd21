using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;

namespace SessionGuard.Platform.Storage;

/// <summary>
/// Holds the SQLite file for this process, until the process ends however it ends. Its write queue is in memory: a second service
/// on the same file would meet the first one only as errors.
/// </summary>
internal sealed class SqliteOwner(SqliteConnections connections, IOptions<StorageOptions> options) : IDisposable
{
    private readonly Lock _lock = new();
    private FileStream? _held;

    /// <exception cref="StartException">Another process holds it.</exception>
    public void Take()
    {
        if (!TryTake())
        {
            throw new StartException(
                $"The database {connections.File} is in use by another SessionGuard. SQLite serves one process: stop the other one, "
                + "give this one a DataFolder of its own, or set Storage:Engine to PostgreSql.");
        }
    }

    /// <returns>False when another process holds it. True where there is no such file, as on PostgreSQL.</returns>
    public bool TryTake()
    {
        lock (_lock)
        {
            if (options.Value.Engine is StorageEngine.PostgreSql || connections.File is not { } database)
            {
                return true;
            }

            _held ??= Open(database);
            return _held is not null;
        }
    }

    public void Dispose() => _held?.Dispose();

    private static FileStream? Open(string database)
    {
        var file = database + ".lock";
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(file))
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"Storage:ConnectionString names the database {database}, and no file can be made there: {failure.Message}");
        }
    }
}
