using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SessionGuard.Platform.Security;

/// <summary>32 random bytes and the name they have in what is sealed under them.</summary>
internal sealed record NamedKey
{
    public const int Bytes = 32;
    public const int IdBytes = 5;

    private readonly byte[] _key;

    public NamedKey(byte[] key)
    {
        _key = key;
        // Made of the key itself: two machines with the same key file agree on it, and a slip in the file is noticed.
        Id = Derive("key-id").AsSpan(0, IdBytes).ToArray();
        Name = Convert.ToHexStringLower(Id);
    }

    public byte[] Id { get; }

    public string Name { get; }

    public static NamedKey Make() => new(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>A key of its own for each <paramref name="purpose"/>.</summary>
    public byte[] Derive(string purpose) => HKDF.Expand(HashAlgorithmName.SHA256, _key, Bytes, Encoding.UTF8.GetBytes(purpose));

    public bool Equals(NamedKey? other) => other is not null && Name == other.Name;

    public override int GetHashCode() => BinaryPrimitives.ReadInt32BigEndian(Id);

    public string ToBase64() => Convert.ToBase64String(_key);

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(Name); // and never the key
        return true;
    }
}

/// <summary>
/// What a key file holds. Written on a line each: <c>current</c>, and perhaps <c>next</c> and <c>previous</c>, with a key's name and the key in
/// base64; <c>lasting</c> with its key. A file that was never rotated is one key in base64, which is all of them.
/// </summary>
/// <param name="Current">What is sealed now is sealed under this one.</param>
/// <param name="Lasting">Makes what must stay the same for years: codes in families' addresses, marks, aliases. No rotation changes it.</param>
/// <param name="Next">Opens already; becomes current with the next rotation. Null: none is prepared.</param>
/// <param name="Previous">Still opens what was sealed before the last rotation. Null: nothing is left of it.</param>
internal sealed record KeySet(NamedKey Current, NamedKey Lasting, NamedKey? Next = null, NamedKey? Previous = null)
{
    public IEnumerable<NamedKey> All => new[] { Current, Previous, Next }.OfType<NamedKey>();

    /// <returns>Null when the text is no key file.</returns>
    public static KeySet? Parse(string text)
    {
        if (Key(text.Trim()) is { } only)
        {
            return new KeySet(only, only);
        }

        var keys = new Dictionary<string, NamedKey>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ') is not [var role, var name, var value] || Key(value) is not { } key || key.Name != name || !keys.TryAdd(role, key))
            {
                return null;
            }
        }

        return keys.GetValueOrDefault("current") is { } current && keys.GetValueOrDefault("lasting") is { } lasting
            ? new KeySet(current, lasting, keys.GetValueOrDefault("next"), keys.GetValueOrDefault("previous"))
            : null;
    }

    public string Write()
    {
        var lines = new (string Role, NamedKey? Key)[] { ("current", Current), ("next", Next), ("previous", Previous), ("lasting", Lasting) };
        return string.Concat(lines.Where(l => l.Key is not null).Select(l => $"{l.Role} {l.Key!.Name} {l.Key.ToBase64()}\n"));
    }

    private static NamedKey? Key(string base64)
    {
        var key = new byte[NamedKey.Bytes];
        return Convert.TryFromBase64String(base64, key, out var length) && length == NamedKey.Bytes ? new NamedKey(key) : null;
    }
}
