using Microsoft.Extensions.Options;
using SessionGuard.Platform.Hosting;

namespace SessionGuard.Platform.Security;

internal sealed class SecurityOptions
{
    /// <summary>File with the keys that protect personal data, the key ring and every stored secret. Made on first start with mode 0600.</summary>
    /// <remarks>Default: <c>master.key</c> in the data folder. Keep a copy apart from the database: without it all that is lost.</remarks>
    public string MasterKeyFile { get; init; } = "";
}

/// <summary>
/// The keys outside the database: a dump of the database alone opens nothing. The file is read again when it has changed, so a running
/// service follows a rotation.
/// </summary>
internal sealed class MasterKey(IOptions<SecurityOptions> security, IOptions<ServiceOptions> service)
{
    /// <summary>How soon a running service notices another file. One look costs about a microsecond.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private volatile KeySet? _keys;
    private DateTime _stamp;
    private long _lookedAt;

    public string File { get; } =
        Path.GetFullPath(security.Value.MasterKeyFile is { Length: > 0 } file ? file : Path.Combine(service.Value.DataFolder, "master.key"));

    public KeySet Keys
    {
        get
        {
            if (_keys is not { } keys)
            {
                return Load();
            }

            return Environment.TickCount64 - Volatile.Read(ref _lookedAt) < Notice.TotalMilliseconds ? keys : LookAgain(keys);
        }
    }

    /// <summary>Reads the keys now, so that a file without one stops the start and not the first sign-in. Makes the file where there is none.</summary>
    /// <exception cref="StartException">The file holds no key.</exception>
    public KeySet Load()
    {
        lock (_lock)
        {
            if (!System.IO.File.Exists(File))
            {
                KeyFile.TryMake(File, NamedKey.Make().ToBase64());
            }

            Look();
            return _keys!;
        }
    }

    /// <summary>A key of its own for each <paramref name="purpose"/>, the same after every rotation.</summary>
    public byte[] Derive(string purpose) => Keys.Lasting.Derive(purpose);

    /// <summary>The key with this name; one that is not known may have come into the file just now. Null: it is not there.</summary>
    public NamedKey? Find(ReadOnlySpan<byte> id) => Find(Keys, id) ?? Find(LookAgain(Keys), id);

    /// <summary>Puts other keys into the file, at once or not at all.</summary>
    /// <exception cref="StartException">The file cannot be written.</exception>
    public void Replace(KeySet keys)
    {
        lock (_lock)
        {
            KeyFile.Replace(File, keys.Write());
            Look();
        }
    }

    private static NamedKey? Find(KeySet keys, ReadOnlySpan<byte> id)
    {
        foreach (var key in keys.All)
        {
            if (id.SequenceEqual(key.Id))
            {
                return key;
            }
        }

        return null;
    }

    private KeySet LookAgain(KeySet known)
    {
        lock (_lock)
        {
            try
            {
                if (System.IO.File.GetLastWriteTimeUtc(File) != _stamp)
                {
                    Look();
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or StartException)
            {
                return known; // a file that went bad under a running service matters at its next start
            }

            Volatile.Write(ref _lookedAt, Environment.TickCount64);
            return _keys!;
        }
    }

    private void Look()
    {
        var stamp = System.IO.File.GetLastWriteTimeUtc(File);
        _keys = KeySet.Parse(System.IO.File.ReadAllText(File)) ?? throw new StartException(
            $"Security:MasterKeyFile names {File}, which does not hold a key: 32 bytes in base64 are expected, or what key rotate wrote.");
        _stamp = stamp;
        _lookedAt = Environment.TickCount64;
    }
}
