using System.Security.Cryptography;
using System.Text;

namespace SessionGuard.Security;

/// <summary>Seals what must be read again but never found in a dump: AES-256-GCM under a key derived from the <see cref="MasterKey"/>.</summary>
internal sealed class SecretBox(MasterKey master)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private readonly Lazy<byte[]> _key = new(() => master.Derive("secrets"));

    public string Seal(string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var whole = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(whole.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(_key.Value, TagBytes);
        aes.Encrypt(whole.AsSpan(0, NonceBytes), plain, whole.AsSpan(NonceBytes, plain.Length), whole.AsSpan(NonceBytes + plain.Length));
        return Convert.ToBase64String(whole);
    }

    /// <exception cref="CryptographicException">It was sealed under another master key, or altered.</exception>
    public string Open(string sealedSecret)
    {
        var bytes = Convert.FromBase64String(sealedSecret);
        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key.Value, TagBytes);
        aes.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes, plain.Length), bytes.AsSpan(NonceBytes + plain.Length), plain);
        return Encoding.UTF8.GetString(plain);
    }
}
