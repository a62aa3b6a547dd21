using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Families;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Overview;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Safeguarding.Reminders;

namespace SessionGuard.Safeguarding;

/// <summary>The evidence of each class, what the rules raised on it, and whom it was asked of and told.</summary>
internal static class SafeguardingArea
{
    public static void AddSafeguarding(this WebApplicationBuilder builder)
    {
        builder.AddPresence();   // who was in the meeting when
        builder.AddAnswers();    // what adults promised and said
        builder.AddFamilies();   // what families open: confirming and joining
        builder.AddReminders();  // what to ask whom, and when
        builder.AddFlags();      // running the rules, and what they missed
        builder.AddOverview();   // a class with all its evidence, as staff see it
    }
}
