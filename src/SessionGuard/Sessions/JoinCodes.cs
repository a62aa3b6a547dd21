using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using SessionGuard.Security;

namespace SessionGuard.Sessions;

/// <summary>
/// The code in a family's address. It is made from a key outside the database and the class's own id, so it can be shown again
/// although only its SHA-256 is stored.
/// </summary>
internal sealed class JoinCodes(MasterKey master)
{
    private const int CodeBytes = 16;
    private readonly Lazy<byte[]> _key = new(() => master.Derive("join-codes"));

    public string CodeOf(Guid seriesId, int version)
    {
        var mac = HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"{seriesId}:{version}"));
        return WebEncoders.Base64UrlEncode(mac.AsSpan(0, CodeBytes));
    }

    public static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}
