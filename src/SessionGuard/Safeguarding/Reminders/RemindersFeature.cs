using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Retention;

namespace SessionGuard.Safeguarding.Reminders;

internal static class RemindersFeature
{
    public static void AddReminders(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<AskEvidence>();
        services.AddScoped<AskPlanner>();
        services.AddScoped<AskQueue>();
        services.AddScoped<AskSender>();
        services.AddScoped<RemindFamily>();
        services.AddScoped<SendRemindersJob>();
        services.AddExpiries<ReminderExpiries>();
        services.AddLedgerActions(ReminderActions.All);
        services.AddMailPurposes(AskLetter.Purpose, StudentLetter.Purpose);
    }
}
