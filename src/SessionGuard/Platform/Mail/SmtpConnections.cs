using MailKit.Security;
using Microsoft.Extensions.Options;

namespace SessionGuard.Platform.Mail;

/// <summary>
/// The open connections to the mail server: one for each mail that leaves side by side, kept for the mails after it and closed when none
/// has come for a while.
/// </summary>
internal sealed partial class SmtpConnections : IAsyncDisposable
{
    /// <summary>Shorter than servers and the routers before them keep a silent connection, which is minutes.</summary>
    public static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(30);

    /// <summary>How long a refused password is not tried again: servers lock out an address that keeps trying.</summary>
    public static readonly TimeSpan SignInPause = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly List<SmtpConnection> _idle = [];
    private readonly SemaphoreSlim _firstSignIn = new(1);
    private readonly MailOptions _options;
    private readonly TimeProvider _clock;
    private readonly ITimer _idleTimer;
    private readonly ILogger<SmtpConnections> _logger;
    private DateTimeOffset _noSignInBefore;
    private volatile bool _canSignIn;
    private Task _closing = Task.CompletedTask;

    public SmtpConnections(IOptions<MailOptions> options, TimeProvider clock, ILogger<SmtpConnections> logger)
    {
        _options = options.Value;
        _clock = clock;
        _logger = logger;
        _idleTimer = clock.CreateTimer(_ => CloseIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The one that was used last, so that those which are too many grow old; null when none is free.</summary>
    public SmtpConnection? TakeIdle()
    {
        lock (_gate)
        {
            if (_idle.Count == 0)
            {
                return null;
            }

            var last = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            return last;
        }
    }

    /// <summary>
    /// Opens a new one. Until the server has let us in once, one tries it and the others wait: a wrong password is tried once, not once for
    /// each mail that leaves side by side.
    /// </summary>
    public async Task<SmtpConnection> OpenAsync(CancellationToken cancellation)
    {
        if (_options.Smtp.User.Length > 0 && !_canSignIn)
        {
            await _firstSignIn.WaitAsync(cancellation);
            try
            {
                if (!_canSignIn)
                {
                    return await SignInFirstAsync(cancellation);
                }
            }
            finally
            {
                _firstSignIn.Release();
            }
        }

        return await ConnectAsync(cancellation);
    }

    /// <summary>Gives back one that the next mail may use.</summary>
    public void Keep(SmtpConnection connection)
    {
        connection.IdleSince = _clock.GetUtcNow();
        lock (_gate)
        {
            if (_idle.Count < _options.SideBySide)
            {
                _idle.Add(connection);
                _idleTimer.Change(IdleLimit, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        connection.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _idleTimer.DisposeAsync();
        Close(_ => true);
        await _closing;
        _firstSignIn.Dispose();
    }

    private Task<SmtpConnection> SignInFirstAsync(CancellationToken cancellation) =>
        _clock.GetUtcNow() < _noSignInBefore
            ? throw new AuthenticationException("The server refused the same name and password a moment ago.")
            : ConnectAsync(cancellation);

    private async Task<SmtpConnection> ConnectAsync(CancellationToken cancellation)
    {
        try
        {
            var connection = await SmtpConnection.OpenAsync(_options.Smtp, cancellation);
            _canSignIn = true;
            return connection;
        }
        catch (AuthenticationException refused) when (SmtpFault.Read(refused) is { Kind: RefusalKind.OurSettings })
        {
            _noSignInBefore = _clock.GetUtcNow() + SignInPause;
            _canSignIn = false;
            LogSignInRefused();
            throw;
        }
    }

    private void CloseIdle()
    {
        var now = _clock.GetUtcNow();
        Close(connection => now - connection.IdleSince >= IdleLimit);
    }

    private void Close(Predicate<SmtpConnection> which)
    {
        lock (_gate)
        {
            var closing = _idle.FindAll(which).Select(c => c.CloseAsync());
            _closing = Task.WhenAll([_closing, .. closing]);
            _idle.RemoveAll(which);
        }
    }

    [LoggerMessage(EventId = 1204, Level = LogLevel.Error, Message =
        "The mail server does not let us sign in with Mail:Smtp:User and Mail:Smtp:Password. No mail leaves until they are put right; mails wait for it.")]
    private partial void LogSignInRefused();
}
