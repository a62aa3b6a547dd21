using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace SessionGuard.Platform.Security;

/// <summary>
/// The codes in families' addresses: 128 bits, made from a key outside the database, what the address is for and an id. So they can be shown
/// again although only their SHA-256 is stored, and whoever holds a dump of the database cannot make one. No rotation changes them.
/// </summary>
internal sealed class LinkCodes(MasterKey master)
{
    /// <summary>Of an address for everybody in a class.</summary>
    public const string OfClass = "join-codes";

    /// <summary>Of a carer's own address.</summary>
    public const string OfCarer = "family-links";

    private const int CodeBytes = 16;

    /// <param name="what">Which address: <see cref="OfClass"/> or <see cref="OfCarer"/>.</param>
    /// <param name="subject">What it leads to, and what must change when the code has to.</param>
    public string GetCode(string what, string subject)
    {
        var mac = HMACSHA256.HashData(master.Derive(what), Encoding.UTF8.GetBytes(subject));
        return WebEncoders.Base64UrlEncode(mac.AsSpan(0, CodeBytes));
    }

    public static byte[] GetHash(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}
