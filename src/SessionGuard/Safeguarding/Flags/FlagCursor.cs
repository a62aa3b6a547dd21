using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace SessionGuard.Safeguarding.Flags;

/// <summary>The last row of a page of flags: the next page goes on after it, whatever was added meanwhile.</summary>
internal sealed record FlagCursor(int Urgency, int Doubt, DateTimeOffset RaisedAt, Guid Id)
{
    private const int IdBytes = 16;
    private const int Bytes = 2 + sizeof(long) + IdBytes;

    /// <summary>Null: <paramref name="text"/> is no cursor of ours.</summary>
    public static FlagCursor? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var length) is not OperationStatus.Done || length != Bytes)
        {
            return null;
        }

        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(bytes[2..]);
        return milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? new FlagCursor(bytes[0], bytes[1], DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), new Guid(bytes[(2 + sizeof(long))..], bigEndian: true))
            : null;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        bytes[0] = (byte)Urgency;
        bytes[1] = (byte)Doubt;
        BinaryPrimitives.WriteInt64BigEndian(bytes[2..], RaisedAt.ToUnixTimeMilliseconds());
        Id.TryWriteBytes(bytes[(2 + sizeof(long))..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}
