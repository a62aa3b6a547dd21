using System.Security.Cryptography;
using System.Text;

namespace SessionGuard.Platform.Security;

/// <summary>
/// How the database keeps what tells of a person: sealed, and where it must be found by its value, beside a blind index. The index is a keyed
/// hash: whoever has the database can see that two rows share an address, and not which.
/// </summary>
internal sealed class PersonalData(MasterKey master)
{
    private const int IndexBytes = 16;
    private readonly Sealing _sealing = new(master, "personal");

    /// <summary>Where the keys come from. Two with one file are the same.</summary>
    public string KeyFile => master.File;

    /// <inheritdoc cref="Sealing.Header"/>
    public byte[] Header => _sealing.Header;

    public byte[] Seal(byte[] value) => _sealing.Seal(value);

    public byte[] Seal(string value) => _sealing.Seal(value);

    /// <exception cref="CryptographicException">It was sealed under a key that is not here, or altered.</exception>
    public byte[] Open(byte[] envelope) => _sealing.Open(envelope);

    /// <inheritdoc cref="Open"/>
    public string OpenText(byte[] envelope) => _sealing.OpenText(envelope);

    /// <summary>What is stored beside a value, so that it can be found.</summary>
    /// <param name="kind">What the value is, such as <c>mail-address</c>: the same word under two kinds has two indexes.</param>
    public string IndexOf(string kind, string value) => IndexOf(master.Keys.Current, kind, value);

    /// <summary>What may be stored beside the value: during a rotation one more than one.</summary>
    public IReadOnlyList<string> ComputeIndexes(string kind, string value) => [.. master.Keys.All.Select(key => IndexOf(key, kind, value))];

    private static string IndexOf(NamedKey key, string kind, string value) => Convert.ToHexStringLower(
        HMACSHA256.HashData(key.Derive("blind-index"), Encoding.UTF8.GetBytes($"{kind}:{value}")).AsSpan(0, IndexBytes));
}
