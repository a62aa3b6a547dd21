using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.ResilienceTests.Kit;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.School.People;
using SessionGuard.Tests.Testing;
using SessionGuard.Tests.Zoom.Webhooks;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.ResilienceTests;

/// <summary>A class as a school lives it, on two nodes of which one dies in the middle.</summary>
public sealed class ClassOverADeadNodeTests
{
    /// <summary>More than a dead node's leases and a turn of each job.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task It_ends_with_the_same_results_and_flags_as_one_on_two_sound_nodes()
    {
        await using var site = await Site.PrepareAsync(
            StorageEngine.PostgreSql, settings: new() { ["Jobs:Enabled"] = "true" },
            zoom: new SandboxOptions { RateLimits = false, ValidateWebhookUrl = false, RetryScale = 0.01 });
        var nodes = await Task.WhenAll(site.StartAsync(), site.StartAsync());
        site.Zoom.AddHost(SchoolOnZoom.Teacher, "Alex", "Teacher");
        // It changes nothing by itself; the nodes are the processes.
        await using var office = await App.StartAsync(StorageEngine.PostgreSql, new()
        {
            ["DataFolder"] = site.Folder,
            ["Storage:ConnectionString"] = site.Connection,
        }, clock: new TestClock(DateTimeOffset.UtcNow));

        var sound = await TeachAsync(site, office, nodes, killed: null);
        var broken = await TeachAsync(site, office, nodes, killed: nodes[0]);

        Assert.Contains("parent-confirmed: NotMet", sound.Results);
        Assert.Contains(sound.Flags, flag => flag.StartsWith("parent-confirmed", StringComparison.Ordinal));
        Assert.Equal(sound.Results, broken.Results);
        Assert.Equal(sound.Flags, broken.Flags);
        Assert.Equal(sound.Events, broken.Events);
        var (exit, said, error) = await ProgramRun.ToEndAsync(
            site.Folder, ["ledger", "verify"], App.Settings(site.Folder, StorageEngine.PostgreSql, site.Connection));
        Assert.True(exit == 0, said + error);
    }

    /// <summary>The teacher, Maya, and a stranger, who leaves when Leo comes.</summary>
    /// <param name="killed">Takes Zoom's deliveries until it dies, with the stranger in the class; then the other one does.</param>
    private static async Task<Outcome> TeachAsync(Site site, App office, ServiceProcess[] nodes, ServiceProcess? killed)
    {
        var zoom = site.Zoom;
        zoom.WebhookUrl = DoorOf(killed ?? nodes[0]);
        var meeting = zoom.Schedule(SchoolOnZoom.Teacher, new ScheduleMeeting("Tap", DateTimeOffset.UtcNow)
        {
            Passcode = "tap-4Kz_9q",
            WaitingRoom = true,
            JoinBeforeHost = false,
            Registration = true,
        });
        var links = new[] { "Maya", "Leo" }.Select(name => zoom.Register(meeting.Id, name, "", $"{name}-{meeting.Id}@alder.example")).ToArray();
        await zoom.Deliveries.SettleAsync(CancellationToken.None).WaitAsync(Patience);
        await site.Database.AppliedAsync(Patience);
        var session = await office.ReadAsync(db => OfMeeting(db, meeting.Id).SingleAsync());
        await office.WriteAsync(db => Array.ForEach(links, link => Enrol(db, session, link)));

        zoom.Join(meeting.Id, JoinMeeting.User(meeting.Host));
        zoom.Join(meeting.Id, JoinMeeting.Registrant(links[0]) with { ViaWaitingRoom = false });
        var stranger = zoom.Join(meeting.Id, JoinMeeting.Guest("iPad") with { ViaWaitingRoom = false });
        if (killed is not null)
        {
            await killed.KillAsync();
            zoom.WebhookUrl = DoorOf(nodes.Single(n => n != killed));
        }

        zoom.Join(meeting.Id, JoinMeeting.Registrant(links[1]) with { ViaWaitingRoom = false });
        zoom.Leave(stranger);
        zoom.End(meeting.Id);
        await zoom.Deliveries.SettleAsync(CancellationToken.None).WaitAsync(Patience);
        await site.Database.AppliedAsync(Patience);
        await Eventually.Async(
            () => office.ReadAsync(db => OfMeeting(db, meeting.Id).AnyAsync(s => s.Status == SessionStatus.Ended
                && s.JudgeLeasedUntil == null && (s.JudgeDueAt == null || s.JudgeDueAt > DateTimeOffset.UtcNow) && db.Set<RuleRecord>().Any(r => r.SessionId == s.Id))),
            Patience);
        return await office.ReadAsync(db => OutcomeAsync(db, session.Id));
    }

    private static Uri DoorOf(ServiceProcess node) => new(node.Address, $"/webhooks/zoom/{App.Slug}");

    private static IQueryable<Session> OfMeeting(SessionGuardDb db, long zoomMeetingId) =>
        db.Set<Session>().Where(s => db.Set<Meeting>().Any(m => m.Id == s.MeetingId && m.ZoomMeetingId == zoomMeetingId));

    /// <summary>A child for whom nobody has answered.</summary>
    private static void Enrol(SessionGuardDb db, Session session, SandboxRegistrant link)
    {
        Person Enter(PersonKind kind, string name) => new()
        {
            Id = Guid.CreateVersion7(),
            OrganisationId = session.OrganisationId,
            Kind = kind,
            Name = name,
            Email = kind is PersonKind.Carer ? $"{name}-{session.Id}@family.example" : null,
            CreatedAt = DateTimeOffset.UtcNow,
        };
        var (child, carer) = (Enter(PersonKind.Child, link.FirstName), Enter(PersonKind.Carer, "Jo"));
        db.AddRange(
            child,
            carer,
            new Carership { Id = Guid.CreateVersion7(), OrganisationId = session.OrganisationId, CarerId = carer.Id, ChildId = child.Id, IsPrimary = true },
            new Seat
            {
                Id = Guid.CreateVersion7(),
                OrganisationId = session.OrganisationId,
                SeriesId = session.SeriesId,
                MeetingId = session.MeetingId,
                Kind = SeatKind.Child,
                PersonId = child.Id,
                ScreenName = child.Name,
                RegistrantId = link.Id,
                State = SeatState.Linked,
                CreatedAt = DateTimeOffset.UtcNow,
            });
    }

    private static async Task<Outcome> OutcomeAsync(SessionGuardDb db, Guid session)
    {
        // Whether links are named is known once Zoom was asked for the meeting's settings: a job with a rhythm of its own.
        var results = await db.Set<RuleRecord>().AsNoTracking().Where(r => r.SessionId == session && r.Rule != "named-links-only").ToListAsync();
        var flags = await db.Set<Flag>().AsNoTracking().Where(f => f.SessionId == session).ToListAsync();
        var uuids = db.Set<MeetingInstance>().Where(i => i.SessionId == session).Select(i => i.Uuid);
        var events = await db.Set<ParticipantEvent>().Where(e => uuids.Contains(e.InstanceUuid)).Select(e => e.Kind).ToListAsync();
        return new Outcome(
            [.. results.Select(r => $"{r.Rule}: {r.Result}").Order(StringComparer.Ordinal)],
            [.. flags.Select(f => $"{f.Rule}: {f.Severity}, {f.Status}").Order(StringComparer.Ordinal)],
            [.. events.Select(e => e.ToString()).Order(StringComparer.Ordinal)]);
    }

    private sealed record Outcome(IReadOnlyList<string> Results, IReadOnlyList<string> Flags, IReadOnlyList<string> Events);
}
