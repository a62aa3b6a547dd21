namespace SessionGuard.Zoom.Webhooks.Endpoint;

/// <summary>
/// How much the bodies being received may hold together. A sender needs no secret to make us read a body, so the sum has a limit of its own.
/// </summary>
internal sealed class BodyMemory
{
    private const long LimitBytes = 64L * 1024 * 1024;
    private long _taken;

    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= LimitBytes)
        {
            return true;
        }

        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    public void GiveBack(int bytes) => Interlocked.Add(ref _taken, -bytes);
}
