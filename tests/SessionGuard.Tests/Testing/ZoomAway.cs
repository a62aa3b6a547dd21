using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Zoom.Client;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Testing;

internal static class ZoomAway
{
    /// <summary>
    /// Zoom fails until the service leaves it alone for a moment: what is asked next is not sent. With calls that are tried once each, so
    /// that no pause has to pass.
    /// </summary>
    public static async Task FailUntilLeftAloneAsync(this App app, SandboxServer sandbox)
    {
        sandbox.Faults.Always(Fault.ServerError(), "POST", "/v2/users");
        var zoom = app.Services.GetRequiredService<ZoomClient>();
        var wish = new NewMeeting { Topic = "Tap", Start = app.Clock.GetUtcNow().AddHours(5), DurationMinutes = 30, TimeZone = "Europe/London" };
        for (var isUnsent = false; !isUnsent;)
        {
            var answer = await zoom.CreateMeetingAsync(app.School, SchoolOnZoom.Teacher, wish, BudgetUse.Urgent, CancellationToken.None);
            isUnsent = answer.Fault!.IsUnsent;
        }
    }
}
