using System.Threading.Channels;
using SessionGuard.Platform.Storage;

namespace SessionGuard.School.Staff;

/// <summary>
/// Wishes to sign in, dealt with behind the answer: how long the page takes says nothing about whether an address is known here.
/// They live in memory, since whoever gets no mail asks again; a polite stop still serves those that wait.
/// </summary>
internal sealed partial class SignInRequests(IServiceScopeFactory scopes, ILogger<SignInRequests> logger) : BackgroundService
{
    private readonly Channel<SignInRequest> _waiting = Channel.CreateBounded<SignInRequest>(
        new BoundedChannelOptions(capacity: 1000) { SingleReader = true });

    /// <summary>Returns at once. The task ends when this wish has been dealt with; pages must not wait for it.</summary>
    public Task Add(string email, string? returnTo)
    {
        var request = new SignInRequest(email, returnTo);
        if (!_waiting.Writer.TryWrite(request))
        {
            LogTooMany();
            request.Done.SetResult();
        }

        return request.Done.Task;
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var request in _waiting.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                await using var scope = scopes.CreateServiceScope();
                var send = scope.ServiceProvider.GetRequiredService<SendSignInLinks>();
                await send.HandleAsync(request.Email, request.ReturnTo, CancellationToken.None);
            }
            catch (Exception failure) // whatever went wrong with one, the next one is served
            {
                LogFailed(failure.GetType().Name);
            }

            request.Done.SetResult();
        }
    }

    [LoggerMessage(EventId = 1301, Level = LogLevel.Warning, Message = "Dropped a wish to sign in: too many wait.")]
    private partial void LogTooMany();

    [LoggerMessage(EventId = 1302, Level = LogLevel.Error, Message = "A wish to sign in failed: {Failure}.")]
    private partial void LogFailed(string failure);

    private sealed record SignInRequest(string Email, string? ReturnTo)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
