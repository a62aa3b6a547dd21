using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.School.Staff;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Tests.Surfaces.Shell;

/// <summary>A school's week in the database: two teachers, classes in every state, and one class of another school.</summary>
internal sealed class SeededSchool(SessionGuardDb db, Guid school, Guid otherSchool, DateTimeOffset now)
{
    public const string OtherSlug = "birch";
    public const string LiveUuid = "4444AAAiAAAAAiAiAiiAii==";
    public const string TeacherEmail = "sam@alder.example";
    public const string AdminEmail = "office@alder.example";

    private static readonly MeetingSettings Safe = new()
    {
        Passcode = PasscodeStrength.Strong,
        WaitingRoom = true,
        JoinBeforeHost = false,
        UsesPersonalMeetingId = false,
        RequiresSignIn = false,
        Registration = false,
        AutoRecording = "none",
    };

    private long _meetings = 81234500000;

    public Account Teacher { get; private set; } = null!;

    public Account OtherTeacher { get; private set; } = null!;

    /// <summary>A teacher without a class.</summary>
    public Account Newcomer { get; private set; } = null!;

    public Account Lead { get; private set; } = null!;

    public Account Deputy { get; private set; } = null!;

    public Account Admin { get; private set; } = null!;

    public Account LeadElsewhere { get; private set; } = null!;

    /// <summary>A class of <see cref="Teacher"/>'s today, repaired, everything in place.</summary>
    public Guid Ready { get; private set; }

    /// <summary>A class of <see cref="Teacher"/>'s today without a passcode.</summary>
    public Guid NotReady { get; private set; }

    /// <summary>A class of <see cref="OtherTeacher"/>'s.</summary>
    public Guid OfOtherTeacher { get; private set; }

    public Guid Elsewhere { get; private set; }

    /// <summary>A running class of <see cref="Teacher"/>'s with three children.</summary>
    public Guid Live { get; private set; }

    /// <summary>A flag of a class of <see cref="Teacher"/>'s that waits for the lead.</summary>
    public Guid Flag { get; private set; }

    public SeededPeople People { get; } = new(db, school, now);

    public Guid SetAside { get; private set; }

    /// <summary>What a host must be configured with so that there is another school.</summary>
    public static Dictionary<string, string?> Settings { get; } = new()
    {
        ["Organisations:1:Slug"] = OtherSlug,
        ["Organisations:1:Name"] = "Birch Music",
    };

    /// <param name="withPeople">Whether classes have children, answers and flags too.</param>
    public static async Task<SeededSchool> PlantAsync(IServiceProvider services, DateTimeOffset now, bool withPeople = false)
    {
        var directory = services.GetRequiredService<OrganisationDirectory>();
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        var seeded = new SeededSchool(db, directory.BySlug(Testing.App.Slug)!.Id, directory.BySlug(OtherSlug)!.Id, now);
        await seeded.AccountsAsync(scope.ServiceProvider.GetRequiredService<StaffAccounts>());
        seeded.Classes(withPeople);
        seeded.Rest();
        await db.SaveChangesAsync();
        return seeded;
    }

    private async Task AccountsAsync(StaffAccounts accounts)
    {
        Task<Account> Open(Guid organisation, string email, string name, Role role) => accounts.EnsureAsync(organisation, email, name, role, CancellationToken.None);
        Teacher = await Open(school, TeacherEmail, "Sam Okafor", Role.Teacher);
        OtherTeacher = await Open(school, "jo@alder.example", "Jo Lind", Role.Teacher);
        Newcomer = await Open(school, "new@alder.example", "Nia New", Role.Teacher);
        Lead = await Open(school, "lead@alder.example", "Robin Lead", Role.Lead);
        Deputy = await Open(school, "deputy@alder.example", "Dee Puty", Role.Deputy);
        Admin = await Open(school, AdminEmail, "Ada Office", Role.Admin);
        LeadElsewhere = await Open(otherSchool, "lead@birch.example", "Lee Birch", Role.Lead);
        db.AddRange(
            new ZoomHost { Id = Id(), OrganisationId = school, ZoomId = "host-sam", Name = "Sam Okafor", AccountId = Teacher.Id },
            new ZoomHost { Id = Id(), OrganisationId = school, ZoomId = "host-jo", Name = "Jo Lind", AccountId = OtherTeacher.Id },
            new ZoomHost { Id = Id(), OrganisationId = otherSchool, ZoomId = "host-lee", Name = "Lee Birch", AccountId = LeadElsewhere.Id });
    }

    private void Classes(bool withPeople)
    {
        var five = now.Date.AddHours(17);
        var ready = Class("Tuesday ballet, ages 7 to 9", "host-sam", At(five), SessionStatus.Scheduled);
        Judge(ready, RuleResult.Met, RuleResult.Met, RuleResult.Met, RuleResult.Met);
        Mend(ready);
        Ready = ready.Id;

        var live = Class("Little movers", "host-sam", now.AddMinutes(-10), SessionStatus.Live);
        Judge(live, RuleResult.Met, RuleResult.CouldNotCheck, RuleResult.Met, RuleResult.NotNeeded);
        db.Add(new SettingsSnapshot { Id = Id(), OrganisationId = school, MeetingId = live.MeetingId, TakenAt = now.AddDays(-1), Settings = Safe });
        db.Add(new MeetingInstance
        {
            Id = Id(),
            OrganisationId = school,
            MeetingId = live.MeetingId,
            SessionId = live.Id,
            Uuid = LiveUuid,
            StartedAt = now.AddMinutes(-11),
            FirstHeardAt = now.AddMinutes(-11),
        });

        var missing = Class("Contemporary, ages 10 to 12", "host-sam", At(five.AddHours(1.5)), SessionStatus.Scheduled);
        Judge(missing, RuleResult.NotMet, RuleResult.Met, RuleResult.Met, RuleResult.NotMet);
        db.Add(new SettingsSnapshot
        {
            Id = Id(),
            OrganisationId = school,
            MeetingId = missing.MeetingId,
            TakenAt = now.AddDays(-2),
            Settings = Safe with { Passcode = PasscodeStrength.None, UsesPersonalMeetingId = true },
        });
        NotReady = missing.Id;

        Judge(Class("Wednesday tap", "host-sam", At(five.AddDays(1)), SessionStatus.Scheduled), RuleResult.Met, RuleResult.NotMet, RuleResult.Met, RuleResult.Met);
        Class("Friday choir", "host-sam", At(five.AddDays(3)), SessionStatus.Scheduled);
        Class("Friday choir, extra hour", "host-sam", At(five.AddDays(3).AddHours(1)), SessionStatus.Cancelled);
        var piano = Class("Piano, one to one", "host-jo", At(five.AddDays(1).AddHours(1)), SessionStatus.Scheduled);
        Judge(piano, RuleResult.Met, RuleResult.Met, RuleResult.Met, RuleResult.Met);
        OfOtherTeacher = piano.Id;
        Judge(Class("Monday ballet", "host-sam", At(five.AddDays(-1)), SessionStatus.Ended), RuleResult.Met, RuleResult.Met, RuleResult.NotMet, RuleResult.Met);
        Class("Saturday jazz", "host-jo", At(five.AddDays(-3)), SessionStatus.Unverified);
        Class("Thursday <script>alert(1)</script>", "host-jo", At(five.AddDays(2)), SessionStatus.Scheduled);
        Live = live.Id;
        if (withPeople)
        {
            Fill(ready, live, missing);
        }

        Elsewhere = Class("Birch strings", "host-lee", At(five), SessionStatus.Scheduled, otherSchool).Id;
    }

    private void Fill(Session ready, Session live, Session missing)
    {
        People.ComeAndGo(LiveUuid, "host-sam");
        People.Attend(ready, live);
        Flag = People.Raise(live, "waiting-room-on", Severity.Medium, Certainty.Certain, FlagStatus.Open, "The waiting room is off.").Id;
        People.Raise(missing, "passcode-required", Severity.High, Certainty.Certain, FlagStatus.Explained, "The meeting has no passcode.").Explanation = "Zoom was down for an hour.";
        People.Raise(live, "responsible-adult-present", Severity.Medium, Certainty.Unsure, FlagStatus.WithTeacher, "No adult has said that they are there for one child.");
    }

    private void Rest()
    {
        SetAside = Id();
        db.Add(new InboxMessage
        {
            Id = SetAside,
            OrganisationId = school,
            DeliveryKey = new byte[40],
            Event = "meeting.participant_joined",
            Body = "{}"u8.ToArray(),
            ReceivedAt = now.AddHours(-3),
            State = InboxState.SetAside,
            Reason = "It failed 8 times, last with JsonException.",
            Tries = 8,
        });
        db.AddRange(
            new JobState { Name = "ProcessInbox", StartedAt = now.AddSeconds(-5), EndedAt = now.AddSeconds(-5).AddMilliseconds(40), Error = "", Node = "node-1" },
            new JobState { Name = "CheckUpcomingMeetings", StartedAt = now.AddMinutes(-7), EndedAt = now.AddMinutes(-7).AddSeconds(4), Error = "HttpRequestException", FailuresInARow = 3, Node = "node-1" });
    }

    private Session Class(string topic, string host, DateTimeOffset start, SessionStatus status, Guid? organisation = null)
    {
        var owner = organisation ?? school;
        var series = new ClassSeries
        {
            Id = Id(),
            OrganisationId = owner,
            Name = topic,
            Origin = SeriesOrigin.Adopted,
            JoinCodeHash = Guid.NewGuid().ToByteArray(),
            CreatedAt = now.AddDays(-30),
        };
        var meeting = new Meeting
        {
            Id = Id(),
            OrganisationId = owner,
            ZoomMeetingId = _meetings++,
            SeriesId = series.Id,
            HostZoomId = host,
            Topic = topic,
            Type = 2,
            ScheduleSource = ScheduleSource.Fetched,
            ScheduleAsOf = now,
        };
        var session = new Session
        {
            Id = Id(),
            OrganisationId = owner,
            MeetingId = meeting.Id,
            SeriesId = series.Id,
            OccurrenceKey = "only",
            Planned = true,
            Topic = topic,
            Start = start,
            End = start.AddHours(1),
            Status = status,
        };
        db.AddRange(series, meeting, session);
        return session;
    }

    private void Judge(Session session, params RuleResult[] results)
    {
        foreach (var (safeguard, result) in RuleList.All.Zip(results))
        {
            db.Add(new RuleRecord
            {
                Id = Id(),
                OrganisationId = session.OrganisationId,
                SessionId = session.Id,
                Rule = safeguard.Id,
                Result = result,
                Certainty = Certainty.Certain,
                Why = Why(safeguard.Id, result),
                JudgedAt = now.AddMinutes(-20),
            });
        }
    }

    private static string Why(string rule, RuleResult result) => (rule, result) switch
    {
        ("passcode-required", RuleResult.NotMet) => "Zoom says this meeting has no passcode, and it did not take the one we set.",
        ("passcode-required", _) => "Zoom says a strong passcode is set.",
        ("waiting-room-on", RuleResult.NotMet) => "The waiting room is off. Somebody switched it off by hand twice, so we left it.",
        ("waiting-room-on", RuleResult.CouldNotCheck) => "Zoom has not answered since yesterday, so we do not know whether the waiting room is on.",
        ("waiting-room-on", _) => "The waiting room is on.",
        ("join-before-host-off", RuleResult.NotMet) => "People could get in before the teacher.",
        ("join-before-host-off", _) => "Nobody gets in before the teacher.",
        (_, RuleResult.NotMet) => "The class uses the teacher’s personal meeting number, which never changes.",
        (_, RuleResult.NotNeeded) => "This safeguard is not needed for this kind of class.",
        _ => "The class has a meeting number of its own.",
    };

    private void Mend(Session session)
    {
        var at = now.AddDays(-1).AddHours(7).AddMinutes(4);
        void Snapshot(DateTimeOffset taken, MeetingSettings settings) => db.Add(
            new SettingsSnapshot { Id = Id(), OrganisationId = school, MeetingId = session.MeetingId, TakenAt = taken, Settings = settings });
        void Repair(RepairableField field, string before, string after, string rule, DateTimeOffset when, RepairOutcome outcome) => db.Add(new Repair
        {
            Id = Id(),
            OrganisationId = school,
            MeetingId = session.MeetingId,
            Field = field,
            Before = before,
            After = after,
            Rule = rule,
            At = when,
            Outcome = outcome,
            JudgedAt = when.AddSeconds(2),
        });

        Snapshot(at, Safe with { Passcode = PasscodeStrength.None, WaitingRoom = false });
        Repair(RepairableField.Passcode, "none", "set", "passcode-required", at.AddSeconds(1), RepairOutcome.Held);
        Repair(RepairableField.WaitingRoom, "off", "on", "waiting-room-on", at.AddSeconds(1), RepairOutcome.Held);
        Snapshot(at.AddSeconds(3), Safe);
        Snapshot(at.AddHours(14), Safe with { JoinBeforeHost = true });
        Repair(RepairableField.JoinBeforeHost, "on", "off", "join-before-host-off", at.AddHours(14).AddSeconds(1), RepairOutcome.Held);
        Snapshot(at.AddHours(14).AddSeconds(3), Safe);
    }

    private Guid Id() => Guid.CreateVersion7(now);

    private static DateTimeOffset At(DateTime local) => new(local, TimeSpan.Zero);
}
