using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Retention;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Safeguarding.Reminders;
using SessionGuard.School.People;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Client;
using SessionGuard.Zoom.Webhooks.Inbox;

namespace SessionGuard.Tests.Platform.Retention;

/// <summary>A school with one of everything that is ever deleted, and the count of every table.</summary>
internal sealed class KeptSchool : IAsyncDisposable
{
    private KeptSchool(App app) => (App, Families) = (app, new FamilySchool(app.Services));

    public App App { get; private set; }

    public FamilySchool Families { get; }

    private DateTimeOffset Now => App.Clock.GetUtcNow();

    public static async Task<KeptSchool> StartAsync(
        StorageEngine engine, Action<IServiceCollection>? services = null, Dictionary<string, string?>? settings = null, TestClock? clock = null) =>
        new(await App.StartAsync(engine, settings, services, clock));

    public async Task RestartAsync() => App = await App.RestartAsync();

    /// <summary>A class that ends now, with its family, its evidence, and no flag.</summary>
    public async Task<Session> TaughtAsync(string name)
    {
        var session = await Families.ClassAsync(name, Now.AddHours(-1));
        var carer = await Families.CarerAsync($"Carer of {name}", $"{Guid.CreateVersion7():N}@family.example");
        var child = await Families.ChildAsync($"Child of {name}", [carer], session);
        await Families.ConfirmPathAsync(carer, session);
        var (school, uuid) = (App.School.Id, $"run-of-{session.Id}");
        await App.WriteAsync(db => db.AddRange(
            new Answer { Id = Id(), OrganisationId = school, SessionId = session.Id, TimeVersion = 1, ChildId = child.Id, CarerId = carer.Id, Kind = AnswerKind.Present, Source = AnswerSource.Page, At = Now },
            new CheckIn { Id = Id(), OrganisationId = school, SessionId = session.Id, ChildId = child.Id, CarerId = carer.Id, OnSeatOfChildId = child.Id, At = Now },
            new Attestation { Id = Id(), OrganisationId = school, SessionId = session.Id, ChildId = child.Id, Fact = AttestedFact.AdultIsThere, AttestedBy = Id(), At = Now },
            new Ask { Id = Id(), OrganisationId = school, SessionId = session.Id, TimeVersion = 1, CarerId = carer.Id, Stage = AskStage.OneDay, DueAt = Now, State = AskState.Sent },
            new RuleRecord { Id = Id(), OrganisationId = school, SessionId = session.Id, Rule = "parent-confirmed", Result = RuleResult.Met, Certainty = Certainty.Likely, Why = "An adult promised.", JudgedAt = Now },
            new MeetingInstance { Id = Id(), OrganisationId = school, MeetingId = session.MeetingId, Uuid = uuid, FirstHeardAt = Now.AddHours(-1), SessionId = session.Id },
            new ParticipantEvent { Id = Id(), OrganisationId = school, InstanceUuid = uuid, Kind = ParticipantEventKind.Joined, At = Now.AddHours(-1), ConnectionId = "1", Name = "Poppy R" }));
        return session;
    }

    public async Task<Flag> FlagAsync(Session session, FlagStatus status, CloseReason? reason = null)
    {
        var flag = new Flag
        {
            Id = Id(),
            OrganisationId = App.School.Id,
            SessionId = session.Id,
            Rule = $"rule-{status}-{reason}",
            Severity = Severity.High,
            Certainty = Certainty.Likely,
            Status = status,
            Summary = "Nobody was there.",
            RaisedAt = Now,
            Reason = reason,
            DecidedAt = reason is null ? null : Now,
        };
        await App.WriteAsync(db => db.AddRange(
            flag, new FlagEvidence { Id = Id(), OrganisationId = flag.OrganisationId, FlagId = flag.Id, At = Now, Source = FlagEvidence.OfRule, Text = "Nobody." }));
        return flag;
    }

    /// <summary>What hangs on no session: deliveries in each state, a mail that left, a link, a counter, two settings of one meeting.</summary>
    public async Task PlantTheRestAsync(Session session)
    {
        var school = App.School.Id;
        foreach (var state in Enum.GetValues<InboxState>())
        {
            await DeliveryAsync(state);
        }

        var account = await App.ReadAsync(db => db.Set<Account>().Select(a => a.Id).FirstAsync());
        await App.WriteAsync(db => db.AddRange(
            Mail(OutboxState.Sent),
            Mail(OutboxState.Failed),
            Mail(OutboxState.Waiting),
            new SignInLink { Id = Id(), OrganisationId = school, AccountId = account, CodeHash = [1], CreatedAt = Now, ExpiresAt = Now },
            new HostBudget { OrganisationId = school, HostZoomId = "host", Day = DateOnly.FromDateTime(Now.UtcDateTime.AddDays(-1)), Used = 3 },
            Snapshot(session, Now.AddDays(-2)),
            Snapshot(session, Now)));
    }

    public Task DeliveryAsync(InboxState state, string body = "{}") => App.WriteAsync(db => db.Add(new InboxMessage
    {
        Id = Id(),
        OrganisationId = App.School.Id,
        DeliveryKey = Guid.CreateVersion7(Now).ToByteArray(),
        Event = "meeting.started",
        Body = System.Text.Encoding.UTF8.GetBytes(body),
        ReceivedAt = Now,
        State = state,
    }));

    public void MoveTo(DateTimeOffset instant) => App.Clock.Advance(instant - Now);

    public Task RunAsync() => App.RunAsync<RetentionJob>();

    /// <summary>The rows of every table but the ledger's and the jobs', and the mails that still say something.</summary>
    public Task<Dictionary<string, long>> CountAsync() => App.ReadAsync(async db =>
    {
        var counts = new Dictionary<string, long>();
        foreach (var table in db.Model.GetEntityTypes().Select(t => t.GetTableName()!).Distinct().Where(t => !t.StartsWith("ledger_", StringComparison.Ordinal)))
        {
            var sql = $"SELECT COUNT(*) AS \"Value\" FROM \"{table}\"";
            counts[table] = (await db.Database.SqlQueryRaw<long>(sql).ToListAsync()).Single();
        }

        counts["mails with a text"] = await db.Set<OutboxMessage>().CountAsync(m => m.SealedText != null && m.SealedHtml != null);
        return counts;
    });

    public ValueTask DisposeAsync() => App.DisposeAsync();

    private Guid Id() => Guid.CreateVersion7(Now);

    private SettingsSnapshot Snapshot(Session session, DateTimeOffset at) => new()
    {
        Id = Id(),
        OrganisationId = App.School.Id,
        MeetingId = session.MeetingId,
        TakenAt = at,
        Settings = new MeetingSettings
        {
            Passcode = PasscodeStrength.Strong,
            WaitingRoom = true,
            JoinBeforeHost = false,
            UsesPersonalMeetingId = false,
            RequiresSignIn = false,
            Registration = false,
            AutoRecording = "none",
        },
    };

    private OutboxMessage Mail(OutboxState state) => new()
    {
        Id = Id(),
        OrganisationId = App.School.Id,
        Purpose = "reminder",
        To = "jo@family.example",
        Subject = "Tap on Tuesday",
        SealedText = "sealed",
        SealedHtml = "sealed",
        MessageId = $"<{Id():N}@alder.example>",
        CreatedAt = Now,
        DueAt = Now,
        State = state,
        SentAt = state is OutboxState.Sent ? Now : null,
    };
}
