using Hangfire.AspNetCore;
using Hangfire.Logging;
using Severity = Hangfire.Logging.LogLevel;

namespace SessionGuard.Platform.Jobs.Hangfire;

/// <summary>
/// Hangfire has one log for a whole process: that of the service which was made last. Where that one has ended, the others beside it, as in
/// tests, must not fail for it.
/// </summary>
internal sealed class HangfireLog(ILoggerFactory loggers) : ILogProvider
{
    private readonly AspNetCoreLogProvider _log = new(loggers);

    public ILog GetLogger(string name)
    {
        try
        {
            return _log.GetLogger(name);
        }
        catch (ObjectDisposedException)
        {
            return new Silence();
        }
    }

    private sealed class Silence : ILog
    {
        public bool Log(Severity logLevel, Func<string>? messageFunc, Exception? exception) => false;
    }
}
