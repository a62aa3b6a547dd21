namespace SessionGuard.Zoom.Webhooks.Endpoint;

/// <summary>
/// Ids (UUID version 7) that sort as they were given out, also within one millisecond: two deliveries of a meeting can come in the same one, and are
/// applied in this order.
/// </summary>
/// <remarks>The 12 bits after the time count, as RFC 9562 (6.2) suggests; when they overflow they carry into the time.</remarks>
internal sealed class ArrivalIds
{
    private const int CounterBits = 12;

    /// <summary>A clock that was set back by more than this is followed: ids must not stay away from the time they were given out at.</summary>
    private const long MostAhead = 1_000L << CounterBits;

    private long _last;

    public Guid Next(DateTimeOffset now)
    {
        long last, next;
        do
        {
            last = Volatile.Read(ref _last);
            var earliest = now.ToUnixTimeMilliseconds() << CounterBits;
            next = last < earliest || last > earliest + MostAhead ? earliest : last + 1;
        }
        while (Interlocked.CompareExchange(ref _last, next, last) != last);
        return WithCount(Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(next >> CounterBits)), (int)next & ((1 << CounterBits) - 1));
    }

    private static Guid WithCount(Guid id, int count)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6] = (byte)((bytes[6] & 0xF0) | (count >> 8));
        bytes[7] = (byte)count;
        return new Guid(bytes, bigEndian: true);
    }
}
