using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Storage;

namespace SessionGuard.Platform.RestoreHold;

internal static class RestoreHoldFeature
{
    public static void AddRestoreHold(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(provider =>
        {
            var scopes = provider.GetRequiredService<IServiceScopeFactory>();
            return new RestoreHoldGate(provider.GetRequiredService<TimeProvider>(), cancellation => ReadIsHeldAsync(scopes, cancellation));
        });
        builder.Services.AddHealthChecks().AddCheck<RestoreHoldHealth>("restored");
        builder.Services.AddHostedService<AnnounceRestoreHold>();
    }

    private static async Task<bool> ReadIsHeldAsync(IServiceScopeFactory scopes, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        return await scope.ServiceProvider.GetRequiredService<SessionGuardDb>().Set<Restoration>().AnyAsync(r => r.ConfirmedAt == null, cancellation);
    }
}
