using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace SessionGuard.Security;

internal sealed class SecurityOptions
{
    /// <summary>File with the key that protects the key ring and every stored secret. Made on first start with mode 0600.</summary>
    /// <remarks>Default: <c>master.key</c> in the data folder. Keep a copy apart from the database: without it stored secrets are lost.</remarks>
    public string MasterKeyFile { get; init; } = "";
}

/// <summary>32 random bytes outside the database: a dump of the database alone opens nothing.</summary>
internal sealed class MasterKey(IOptions<SecurityOptions> security, IOptions<ServiceOptions> service)
{
    private const int KeyBytes = 32;
    private readonly Lazy<byte[]> _key = new(() => ReadOrMake(PathOf(security.Value, service.Value)));

    /// <summary>Where it is; the one file that no backup of the database has in it.</summary>
    public string Location => Path.GetFullPath(PathOf(security.Value, service.Value));

    /// <summary>Reads the key now, so that a file without one stops the start and not the first sign-in.</summary>
    /// <exception cref="StartException">The file holds no key.</exception>
    public void Load() => _ = _key.Value;

    /// <summary>A key of its own for each <paramref name="purpose"/>.</summary>
    public byte[] Derive(string purpose) =>
        HKDF.Expand(HashAlgorithmName.SHA256, _key.Value, KeyBytes, System.Text.Encoding.UTF8.GetBytes(purpose));

    private static string PathOf(SecurityOptions security, ServiceOptions service) =>
        security.MasterKeyFile is { Length: > 0 } file ? file : Path.Combine(service.DataFolder, "master.key");

    private static byte[] ReadOrMake(string file)
    {
        if (!File.Exists(file))
        {
            Make(file);
        }

        var key = new byte[KeyBytes];
        return Convert.TryFromBase64String(File.ReadAllText(file).Trim(), key, out var length) && length == KeyBytes
            ? key
            : throw new StartException($"Security:MasterKeyFile names {file}, which does not hold a key: 32 bytes in base64 are expected.");
    }

    private static void Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using var stream = new StreamWriter(file, options);
            stream.Write(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another process made it in the same instant; its key counts.
        }
    }
}
