using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SessionGuard.Platform.Security;

#pragma warning disable CA1001 // both classes live as long as the process or a thread of it, whose end gives the contexts back
/// <summary>
/// AES-256-GCM with a synthetic nonce. What it makes is a nonce, the text's bytes and a tag. The nonce is an HMAC over a seed and the text: two
/// different texts have different nonces even when the seed comes twice, as it does in two copies of a machine's memory.
/// </summary>
/// <param name="textKey">Encrypts.</param>
/// <param name="nonceKey">Makes the nonces; never the same key.</param>
/// <param name="random">Fills a span with random bytes. Only whether one text sealed twice looks another way depends on them.</param>
internal sealed class Cipher(byte[] textKey, byte[] nonceKey, Action<Span<byte>> random)
{
    public const int NonceBytes = 12;

    /// <summary>How much longer a text becomes.</summary>
    public const int Added = NonceBytes + TagBytes;

    private const int TagBytes = 16;

    /// <summary>An instance holds contexts of the crypto library, which are dear to make and serve one thread at a time.</summary>
    private readonly ThreadLocal<Worker> _workers = new(() => new Worker(textKey, nonceKey, random));

    /// <param name="room">The text between the room for the nonce and the room for the tag; sealed in place.</param>
    public void Seal(Span<byte> room)
    {
        var worker = _workers.Value!;
        worker.MakeNonce(room[..^TagBytes]);
        var text = room[NonceBytes..^TagBytes];
        worker.Aes.Encrypt(room[..NonceBytes], text, text, room[^TagBytes..]);
    }

    /// <param name="plain">As long as the sealed text less <see cref="Added"/>.</param>
    /// <exception cref="AuthenticationTagMismatchException">It was altered.</exception>
    public void Open(ReadOnlySpan<byte> whole, Span<byte> plain) =>
        _workers.Value!.Aes.Decrypt(whole[..NonceBytes], whole[NonceBytes..^TagBytes], whole[^TagBytes..], plain);

    /// <summary>Seeds are 80 random bits and a count of 16: fresh random bits for each text would cost as much as the encryption.</summary>
    private sealed class Worker(byte[] textKey, byte[] nonceKey, Action<Span<byte>> random)
    {
        private readonly byte[] _seed = new byte[NonceBytes];
        private readonly HMACSHA256 _hmac = new(nonceKey);
        private ushort _count;

        public AesGcm Aes { get; } = new(textKey, TagBytes);

        /// <param name="room">The room for the nonce, and after it the text.</param>
        public void MakeNonce(Span<byte> room)
        {
            if (_count == 0)
            {
                random(_seed.AsSpan(0, NonceBytes - sizeof(ushort)));
            }

            BinaryPrimitives.WriteUInt16BigEndian(_seed.AsSpan(NonceBytes - sizeof(ushort)), _count);
            _count = unchecked((ushort)(_count + 1));
            _seed.CopyTo(room);
            Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
            _hmac.TryComputeHash(room, hash, out _);
            hash[..NonceBytes].CopyTo(room);
        }
    }
}
#pragma warning restore CA1001
