using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace SessionGuard.Platform.Security;

/// <summary>It was sealed under a key that is not in the key file.</summary>
internal sealed class UnknownKeyException(string name) : CryptographicException($"The key {name} is not in the key file.");

/// <summary>
/// Seals for one purpose, under the current master key, and opens what was sealed under any of them. The envelope is a byte of version, the
/// key's name (5 bytes), the nonce (12), the sealed bytes and the tag (16). Another construction would be another version.
/// </summary>
internal sealed class Sealing(MasterKey master, string purpose)
{
    /// <summary>Version and name: by these alone the database can tell what is sealed under which key.</summary>
    public const int HeaderBytes = 1 + NamedKey.IdBytes;

    /// <summary>The same in base64url.</summary>
    public const int HeaderLetters = HeaderBytes / 3 * 4;
    private const byte Version = 1;
    private const int SmallBytes = 512;

    private readonly ConcurrentDictionary<NamedKey, Cipher> _ciphers = new();

    /// <summary>What everything sealed now begins with.</summary>
    public byte[] Header => [Version, .. master.Keys.Current.Id];

    public byte[] Seal(ReadOnlySpan<byte> plain)
    {
        var sealing = Begin(plain.Length, out var key);
        plain.CopyTo(sealing.AsSpan(HeaderBytes + Cipher.NonceBytes));
        return End(sealing, key);
    }

    public byte[] Seal(string plain)
    {
        var sealing = Begin(Encoding.UTF8.GetByteCount(plain), out var key);
        Encoding.UTF8.GetBytes(plain, sealing.AsSpan(HeaderBytes + Cipher.NonceBytes));
        return End(sealing, key);
    }

    /// <exception cref="CryptographicException">It was sealed under a key that is not here, or altered.</exception>
    public byte[] Open(ReadOnlySpan<byte> envelope)
    {
        var cipher = GetCipher(envelope);
        var plain = new byte[envelope.Length - HeaderBytes - Cipher.Added];
        cipher.Open(envelope[HeaderBytes..], plain);
        return plain;
    }

    /// <inheritdoc cref="Open"/>
    public string OpenText(ReadOnlySpan<byte> envelope)
    {
        var cipher = GetCipher(envelope);
        var length = envelope.Length - HeaderBytes - Cipher.Added;
        var plain = length <= SmallBytes ? stackalloc byte[length] : new byte[length];
        cipher.Open(envelope[HeaderBytes..], plain);
        var text = Encoding.UTF8.GetString(plain);
        CryptographicOperations.ZeroMemory(plain);
        return text;
    }

    private byte[] Begin(int length, out NamedKey key)
    {
        key = master.Keys.Current;
        var envelope = GC.AllocateUninitializedArray<byte>(HeaderBytes + length + Cipher.Added);
        envelope[0] = Version;
        key.Id.CopyTo(envelope, 1);
        return envelope;
    }

    private byte[] End(byte[] envelope, NamedKey key)
    {
        GetCipher(key).Seal(envelope.AsSpan(HeaderBytes));
        return envelope;
    }

    private Cipher GetCipher(ReadOnlySpan<byte> envelope)
    {
        if (envelope.Length < HeaderBytes + Cipher.Added || envelope[0] != Version)
        {
            throw new CryptographicException("This is not sealed.");
        }

        var id = envelope[1..HeaderBytes];
        return GetCipher(master.Find(id) ?? throw new UnknownKeyException(Convert.ToHexStringLower(id)));
    }

    private Cipher GetCipher(NamedKey key) => _ciphers.GetOrAdd(
        key, static (key, purpose) => new Cipher(key.Derive(purpose), key.Derive($"{purpose}-nonce"), RandomNumberGenerator.Fill), purpose);
}
