using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace SessionGuard.Safeguarding.Overview;

/// <summary>The last row of a page of sessions: the next page goes on after it, whatever was added meanwhile.</summary>
internal sealed record SessionCursor(DateTimeOffset Start, Guid Id)
{
    private const int IdBytes = 16;
    private const int Bytes = sizeof(long) + IdBytes;

    /// <summary>Null: <paramref name="text"/> is no cursor of ours.</summary>
    public static SessionCursor? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var length) is not OperationStatus.Done || length != Bytes)
        {
            return null;
        }

        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new SessionCursor(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), new Guid(bytes[sizeof(long)..], bigEndian: true))
            : null;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Start.ToUnixTimeMilliseconds());
        Id.TryWriteBytes(bytes[sizeof(long)..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}
