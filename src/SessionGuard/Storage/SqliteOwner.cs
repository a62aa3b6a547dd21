namespace SessionGuard.Storage;

/// <summary>
/// Holds the SQLite file for this process, until the process ends however it ends. Its write queue is in memory: a second service
/// on the same file would meet the first one only as errors.
/// </summary>
internal sealed class SqliteOwner(SqliteConnections connections) : IDisposable
{
    private readonly Lock _lock = new();
    private FileStream? _held;

    /// <exception cref="StartException">Another process holds it.</exception>
    public void Take()
    {
        lock (_lock)
        {
            _held ??= connections.File is { } file ? Open(file) : null;
        }
    }

    public void Dispose() => _held?.Dispose();

    private static FileStream Open(string database)
    {
        var file = database + ".lock";
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(file))
        {
            throw new StartException(
                $"The database {database} is in use by another SessionGuard. SQLite serves one process: stop the other one, "
                + "give this one a DataFolder of its own, or set Storage:Engine to PostgreSql.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"Storage:ConnectionString names the database {database}, and no file can be made there: {failure.Message}");
        }
    }
}
