using System.Buffers;
using SessionGuard.Platform.Http;

namespace SessionGuard.Zoom.Webhooks.Endpoint;

internal enum BodyFault
{
    None,

    /// <summary>Over <see cref="ReceivedBody.MaxBytes"/>.</summary>
    TooLarge,

    /// <summary>It did not all come in time, or there is no room for it now.</summary>
    NotNow,
}

/// <summary>A request's body in a rented buffer, behind the room that the signature's prefix needs.</summary>
internal sealed class ReceivedBody(BodyMemory memory) : IDisposable
{
    public const int MaxBytes = KestrelLimits.MaxBodyBytes;

    private const int FirstBufferBytes = 8 * 1024;
    private byte[] _buffer = [];
    private int _length;

    public BodyFault Fault { get; set; }

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(SignatureHeaders.PrefixLength, _length);

    /// <summary>The body and the room before it.</summary>
    public Span<byte> Signed => _buffer.AsSpan(0, SignatureHeaders.PrefixLength + _length);

    public void Append(in ReadOnlySequence<byte> piece)
    {
        if (_length + piece.Length > MaxBytes)
        {
            Fault = BodyFault.TooLarge;
        }
        else if (!TryMakeRoom(SignatureHeaders.PrefixLength + _length + (int)piece.Length))
        {
            Fault = BodyFault.NotNow;
        }
        else
        {
            piece.CopyTo(_buffer.AsSpan(SignatureHeaders.PrefixLength + _length));
            _length += (int)piece.Length;
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            memory.GiveBack(_buffer.Length);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    /// <summary>Grows with what has come, never with what was announced: announcing costs a sender nothing.</summary>
    private bool TryMakeRoom(int bytes)
    {
        if (bytes <= _buffer.Length)
        {
            return true;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(bytes, FirstBufferBytes), 2 * _buffer.Length));
        if (!memory.TryTake(larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        _buffer.AsSpan().CopyTo(larger);
        Dispose();
        _buffer = larger;
        return true;
    }
}
