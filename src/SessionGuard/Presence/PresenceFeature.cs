using SessionGuard.Presence;
using SessionGuard.Webhooks;

namespace SessionGuard;

internal static class PresenceFeature
{
    public static void AddPresence(this WebApplicationBuilder builder) => builder.Services.AddSingleton<IDeliveryHandler, ParticipantEvents>();
}
