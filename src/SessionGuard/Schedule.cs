using SessionGuard.Flags;
using SessionGuard.Jobs;
using SessionGuard.Ledger;
using SessionGuard.Mail;
using SessionGuard.Presence;
using SessionGuard.Reminders;
using SessionGuard.Retention;
using SessionGuard.Seats;
using SessionGuard.Sessions.Checking;
using SessionGuard.Webhooks;

namespace SessionGuard;

/// <summary>Every job and its rhythm. A job's class lives with its feature; this table is all that knows each of them.</summary>
internal static class Schedule
{
    public static IReadOnlyList<ScheduledJob> All { get; } =
    [
        ScheduledJob.Each<ProcessInboxJob>(TimeSpan.FromSeconds(5)),
        ScheduledJob.Each<SendMailJob>(TimeSpan.FromSeconds(10)),
        ScheduledJob.Each<SendRemindersJob>(TimeSpan.FromSeconds(30)),
        ScheduledJob.Each<CheckUpcomingMeetingsJob>(TimeSpan.FromSeconds(30)),
        ScheduledJob.Each<ProvideSeatsJob>(TimeSpan.FromSeconds(15)),
        ScheduledJob.Each<EvaluateSessionsJob>(TimeSpan.FromSeconds(10)),
        ScheduledJob.Each<EscalateFlagsJob>(TimeSpan.FromMinutes(1)),
        ScheduledJob.Each<SendDigestsJob>(TimeSpan.FromMinutes(5)),
        ScheduledJob.Each<BackfillJob>(TimeSpan.FromMinutes(1)),
        ScheduledJob.Each<FindMeetingsJob>(TimeSpan.FromMinutes(15)),
        ScheduledJob.Daily<VerifyLedgerJob>(new TimeOnly(2, 0)),
        ScheduledJob.Daily<RetentionJob>(new TimeOnly(3, 0)),
    ];
}
