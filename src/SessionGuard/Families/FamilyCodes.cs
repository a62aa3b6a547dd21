using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using SessionGuard.Security;

namespace SessionGuard.Families;

/// <summary>
/// The codes in carers' own addresses: 128 bits, made from a key outside the database, what the link is for and its id. Whoever holds
/// a dump of the database cannot make one.
/// </summary>
internal sealed class FamilyCodes(MasterKey master)
{
    private const int CodeBytes = 16;
    private readonly Lazy<byte[]> _key = new(() => master.Derive("family-links"));

    public string CodeOf(LinkPurpose purpose, Guid linkId)
    {
        var mac = HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes($"{purpose}:{linkId}"));
        return WebEncoders.Base64UrlEncode(mac.AsSpan(0, CodeBytes));
    }

    public static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}
