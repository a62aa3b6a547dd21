using Microsoft.EntityFrameworkCore;
using SessionGuard.Outgoing;
using SessionGuard.Storage;

namespace SessionGuard;

internal static class OutgoingFeature
{
    public static void AddOutgoing(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(provider =>
        {
            var scopes = provider.GetRequiredService<IServiceScopeFactory>();
            return new OutgoingGate(provider.GetRequiredService<TimeProvider>(), cancellation => ReadIsHeldAsync(scopes, cancellation));
        });
        builder.Services.AddHealthChecks().AddCheck<HeldHealth>("restored");
        builder.Services.AddHostedService<AnnounceHold>();
    }

    private static async Task<bool> ReadIsHeldAsync(IServiceScopeFactory scopes, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateServiceScope();
        return await scope.ServiceProvider.GetRequiredService<SessionGuardDb>().Set<Restoration>().AnyAsync(r => r.ConfirmedAt == null, cancellation);
    }
}
