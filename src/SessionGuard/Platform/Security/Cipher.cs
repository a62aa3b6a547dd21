using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SessionGuard.Platform.Security;

#pragma warning disable CA1001 // it lives as long as the process; a thread that ends gives its context back
/// <summary>AES-256-GCM under one key. What it makes is a nonce, the text's bytes and a tag.</summary>
internal sealed class Cipher(byte[] key)
#pragma warning restore CA1001
{
    public const int NonceBytes = 12;

    /// <summary>How much longer a text becomes.</summary>
    public const int Added = NonceBytes + TagBytes;

    private const int TagBytes = 16;

    /// <summary>An instance holds a context of the crypto library, which is dear to make and serves one thread at a time.</summary>
    private readonly ThreadLocal<Worker> _workers = new(() => new Worker(key));

    /// <param name="room">The text between the room for the nonce and the room for the tag; sealed in place.</param>
    public void Seal(Span<byte> room)
    {
        var worker = _workers.Value!;
        var nonce = room[..NonceBytes];
        var text = room[NonceBytes..^TagBytes];
        worker.NextNonce(nonce);
        worker.Aes.Encrypt(nonce, text, text, room[^TagBytes..]);
    }

    /// <param name="plain">As long as the sealed text less <see cref="Added"/>.</param>
    /// <exception cref="AuthenticationTagMismatchException">It was altered.</exception>
    public void Open(ReadOnlySpan<byte> whole, Span<byte> plain) =>
        _workers.Value!.Aes.Decrypt(whole[..NonceBytes], whole[NonceBytes..^TagBytes], whole[^TagBytes..], plain);

    /// <summary>
    /// Nonces are 80 random bits and a count of 16, new random bits every 65,536 texts: cheaper than 96 random bits each time, and a trillion
    /// texts (2^40) under one key meet with a chance below 2^-32 where plain random nonces reach that at 2^32.
    /// </summary>
    private sealed class Worker(byte[] key)
    {
        private readonly byte[] _nonce = new byte[NonceBytes];
        private ushort _count;

        public AesGcm Aes { get; } = new(key, TagBytes);

        public void NextNonce(Span<byte> nonce)
        {
            if (_count == 0)
            {
                RandomNumberGenerator.Fill(_nonce.AsSpan(0, NonceBytes - sizeof(ushort)));
            }

            BinaryPrimitives.WriteUInt16BigEndian(_nonce.AsSpan(NonceBytes - sizeof(ushort)), _count);
            _count = unchecked((ushort)(_count + 1));
            _nonce.CopyTo(nonce);
        }
    }
}
