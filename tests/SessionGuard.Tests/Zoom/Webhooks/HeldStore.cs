using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Tests.Zoom.Webhooks;

/// <summary>A database that hangs until it is released.</summary>
internal sealed class HeldStore : IInboxStore
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the first batch has reached the database.</summary>
    public Task Asked => _asked.Task.WaitAsync(TimeSpan.FromSeconds(10));

    public void Release() => _released.TrySetResult();

    public async Task<int> StoreAsync(IReadOnlyList<InboxMessage> messages, CancellationToken cancellation)
    {
        if (messages.Count == 0)
        {
            return 0; // the writer's warm-up
        }

        _asked.TrySetResult();
        await _released.Task;
        return messages.Count;
    }

    public bool BlamesARow(Exception failure) => false;

    public ValueTask DisposeAsync()
    {
        Release();
        return ValueTask.CompletedTask;
    }
}

internal static class StoreRegistration
{
    public static void AddSingletonStore(this IServiceCollection services, IInboxStore store) =>
        services.AddSingleton<IReadOnlyList<IInboxStore>>([store]);
}
