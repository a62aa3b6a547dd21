namespace SessionGuard.ResilienceTests.Kit;

/// <summary>The line is cut; both ends hear of it.</summary>
internal sealed class LineCutException : Exception;

/// <summary>Something bad that happens to the bytes of one direction. The names are Toxiproxy's.</summary>
/// <remarks>A toxic keeps what it counts across the lines that it lies on.</remarks>
internal abstract class Toxic
{
    /// <summary>Passes on, later or in pieces, what it does not swallow.</summary>
    /// <exception cref="LineCutException">It cuts the line.</exception>
    public abstract Task PassAsync(ReadOnlyMemory<byte> bytes, Func<ReadOnlyMemory<byte>, Task> onward, CancellationToken cut);
}

/// <summary>Every chunk is late, by a time that differs from chunk to chunk: with the same seed the same times.</summary>
internal sealed class Latency(TimeSpan delay, TimeSpan jitter, int seed = 1) : Toxic
{
    private readonly Random _random = new(seed);

    public override async Task PassAsync(ReadOnlyMemory<byte> bytes, Func<ReadOnlyMemory<byte>, Task> onward, CancellationToken cut)
    {
        using var late = new PeriodicTimer(delay + (jitter * Next()));
        await late.WaitForNextTickAsync(cut);
        await onward(bytes);
    }

    /// <summary>From -1 to 1.</summary>
    private double Next()
    {
        lock (_random)
        {
            return (_random.NextDouble() * 2) - 1;
        }
    }
}

/// <summary>Nothing passes and nothing breaks, as behind a firewall that drops: the line hangs until it is cut.</summary>
internal sealed class Timeout : Toxic
{
    public override Task PassAsync(ReadOnlyMemory<byte> bytes, Func<ReadOnlyMemory<byte>, Task> onward, CancellationToken cut) =>
        new TaskCompletionSource().Task.WaitAsync(cut);
}

/// <summary>Chunks come in pieces of at most so many bytes.</summary>
internal sealed class Slicer(int bytesEach) : Toxic
{
    public override async Task PassAsync(ReadOnlyMemory<byte> bytes, Func<ReadOnlyMemory<byte>, Task> onward, CancellationToken cut)
    {
        for (var at = 0; at < bytes.Length; at += bytesEach)
        {
            await onward(bytes.Slice(at, Math.Min(bytesEach, bytes.Length - at)));
        }
    }
}

/// <summary>Once so many bytes have passed, the line is cut.</summary>
internal sealed class LimitData(long bytes) : Toxic
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _left = bytes;

    /// <summary>Completes when it has cut a line.</summary>
    public Task Reached => _reached.Task;

    public override async Task PassAsync(ReadOnlyMemory<byte> bytes, Func<ReadOnlyMemory<byte>, Task> onward, CancellationToken cut)
    {
        var left = Interlocked.Add(ref _left, -bytes.Length);
        if (left >= 0)
        {
            await onward(bytes);
            return;
        }

        await onward(bytes[..(int)Math.Max(0, left + bytes.Length)]);
        _reached.TrySetResult();
        throw new LineCutException();
    }
}
