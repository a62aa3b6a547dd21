using SessionGuard.Classes.Checking;
using SessionGuard.Classes.Seats;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Ledger;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Retention;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Safeguarding.Reminders;
using SessionGuard.Zoom.Webhooks.Processing;

namespace SessionGuard.Composition;

/// <summary>Every job, its rhythm and its title. A job's class lives with its feature; this table is all that knows each of them.</summary>
internal static class Schedule
{
    public static IReadOnlyList<ScheduledJob> All { get; } =
    [
        ScheduledJob.Each<ProcessInboxJob>(TimeSpan.FromSeconds(5), "Take in what Zoom told", JobQueue.Live),
        ScheduledJob.Each<SendMailJob>(TimeSpan.FromSeconds(10), "Send mail", JobQueue.Live),
        ScheduledJob.Each<SendRemindersJob>(TimeSpan.FromSeconds(30), "Ask families whether an adult will be there", JobQueue.Live),
        ScheduledJob.Each<CheckUpcomingMeetingsJob>(TimeSpan.FromSeconds(30), "Check the settings of coming classes"),
        ScheduledJob.Each<ProvideSeatsJob>(TimeSpan.FromSeconds(15), "Give each place in a class its Zoom link"),
        ScheduledJob.Each<EvaluateSessionsJob>(TimeSpan.FromSeconds(10), "Judge classes by their evidence", JobQueue.Live),
        ScheduledJob.Each<EscalateFlagsJob>(TimeSpan.FromMinutes(1), "Hand to the lead what a teacher did not explain", JobQueue.Live),
        ScheduledJob.Each<SendDigestsJob>(TimeSpan.FromMinutes(5), "Tell the lead in the morning how much waits"),
        ScheduledJob.Each<BackfillJob>(TimeSpan.FromMinutes(1), "Fill gaps from Zoom’s own report"),
        ScheduledJob.Each<FindMeetingsJob>(TimeSpan.FromMinutes(15), "Find classes that Zoom told nothing of"),
        ScheduledJob.Daily<VerifyLedgerJob>(new TimeOnly(2, 0), "Check the ledger’s chain"),
        ScheduledJob.Daily<RetentionJob>(new TimeOnly(3, 0), "Delete what has been kept long enough"),
    ];
}
