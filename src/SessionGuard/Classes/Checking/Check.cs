using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Rules;

namespace SessionGuard.Classes.Checking;

/// <summary>One look at a meeting, and what is known of it by now.</summary>
/// <param name="Repairs">Every repair of the meeting so far; new ones are added.</param>
internal sealed record Check(KnownOrganisation School, MeetingFile File, List<Repair> Repairs)
{
    /// <summary>The settings as last stored; null when they never were.</summary>
    public MeetingSettings? LastSettings { get; set; }

    public Meeting Meeting => File.Meeting;
}
