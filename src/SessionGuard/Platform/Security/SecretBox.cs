using System.Buffers.Text;
using System.Security.Cryptography;

namespace SessionGuard.Platform.Security;

/// <summary>Seals what must be read again but never found in a dump, into a word: a Zoom secret, a link, a mail's text.</summary>
internal sealed class SecretBox(MasterKey master)
{
    private readonly Sealing _sealing = new(master, "secrets");

    /// <summary>What everything sealed now begins with. A header of six bytes is eight letters exactly.</summary>
    public string Header => Base64Url.EncodeToString(_sealing.Header);

    public string Seal(string secret) => Base64Url.EncodeToString(_sealing.Seal(secret));

    /// <exception cref="CryptographicException">It was sealed under a key that is not here, or altered.</exception>
    public string Open(string sealedSecret) => _sealing.OpenText(Base64Url.DecodeFromChars(sealedSecret));
}
