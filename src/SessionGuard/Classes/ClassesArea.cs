using SessionGuard.Classes.Checking;
using SessionGuard.Classes.Planning;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;

namespace SessionGuard.Classes;

/// <summary>Classes, their Zoom meetings and settings, and each person's own place.</summary>
internal static class ClassesArea
{
    public static void AddClasses(this WebApplicationBuilder builder)
    {
        builder.AddSessions();  // classes as Zoom tells of them
        builder.AddChecking();  // their settings: looked at, repaired, looked at again
        builder.AddPlanning();  // classes planned here
        builder.AddSeats();     // everybody's own place, and its link in Zoom
    }
}
