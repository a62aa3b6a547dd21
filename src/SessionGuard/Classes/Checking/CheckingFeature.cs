using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Mail;

namespace SessionGuard.Classes.Checking;

internal static class CheckingFeature
{
    public static void AddChecking(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PasscodeMarks>();
        builder.Services.AddScoped<CheckRecords>();
        builder.Services.AddScoped<RepairNotes>();
        builder.Services.AddScoped<MeetingCheck>();
        builder.Services.AddScoped<CheckUpcomingMeetingsJob>();
        builder.Services.AddScoped<FindMeetingsJob>();
        builder.Services.AddLedgerActions(CheckActions.All);
        builder.Services.AddMailPurposes(RepairNotes.Purpose);
    }
}
