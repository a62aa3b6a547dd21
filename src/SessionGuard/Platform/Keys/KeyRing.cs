using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.Keys;

/// <summary>ASP.NET Core's key ring as the database holds it. The framework itself reads and stores it there, so that every node reads the same cookies.</summary>
internal sealed class KeyRing(IServiceScopeFactory scopes, SecretBox box)
{
    /// <inheritdoc cref="Prove"/>
    public async Task ProveAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        Prove(await StoredAsync(scope.ServiceProvider.GetRequiredService<SessionGuardDb>(), cancellation));
    }

    /// <summary>
    /// Opens every key that a database has. The framework passes over what it cannot open and makes a new key: all would be signed out, and more
    /// would be sealed under the wrong master key.
    /// </summary>
    /// <param name="keys">As they are stored.</param>
    /// <exception cref="CryptographicException">The master key is not the one that the database was sealed with.</exception>
    public void Prove(IEnumerable<string> keys)
    {
        foreach (var element in keys.SelectMany(key => XElement.Parse(key).DescendantsAndSelf(KeyRingEncryptor.Element)))
        {
            box.Open(element.Value);
        }
    }

    public static Task<List<string>> StoredAsync(SessionGuardDb db, CancellationToken cancellation) =>
        db.Set<DataProtectionKey>().AsNoTracking().Select(k => k.Xml!).ToListAsync(cancellation);
}

/// <summary>Seals a key of the ring before it is stored.</summary>
internal sealed class KeyRingEncryptor(SecretBox box) : IXmlEncryptor
{
    /// <summary>The name of the element that a sealed key stands in.</summary>
    public const string Element = "sealed";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement(Element, box.Seal(plaintextElement.ToString(SaveOptions.DisableFormatting))), typeof(KeyRingDecryptor));
}

/// <summary>Named in each stored key and made by the framework, which passes the services.</summary>
internal sealed class KeyRingDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) =>
        XElement.Parse(services.GetRequiredService<SecretBox>().Open(encryptedElement.Value));
}
