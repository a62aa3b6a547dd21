using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Tests.Testing;
using SessionGuard.Zoom.Webhooks.Processing;

namespace SessionGuard.Tests.Classes.Sessions;

/// <summary>Zoom promises no order and repeats itself. Whatever comes when, the same class must stand in the records at the end.</summary>
public sealed class AnyOrderTests
{
    private static readonly DateTimeOffset Five = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    /// <summary>Scheduled, opened, a child comes, drops out, comes back; closed. Each with its own time.</summary>
    private static readonly string[] Lesson =
    [
        Event("meeting.created", -86400, "", """, "type":2, "duration":45, "start_time":"2026-11-24T17:00:00Z" """),
        Event("meeting.started", -120, "u1", Real),
        Participant("meeting.participant_joined", "join_time", 30, "c1"),
        Participant("meeting.participant_left", "leave_time", 600, "c1"),
        Participant("meeting.participant_joined", "join_time", 640, "c2"),
        Event("meeting.ended", 2700, "u1", Real + ""","end_time":"2026-11-24T17:45:00Z" """),
    ];

    private const string Real = """, "type":2, "duration":45, "start_time":"2026-11-24T16:58:00Z" """;
    private const string Expected = "planned 17:00-17:45 Ended v1 runs 1 16:58-17:45 stays 00:30-10:00 10:40-45:00";

    [Theory, OnEachEngine]
    internal async Task All_720_orders_with_repeats_end_in_the_same_state(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var order = 0L;
        foreach (var permutation in Permutations([.. Enumerable.Range(0, Lesson.Length)]))
        {
            order++;
            // Every third delivery of an order comes twice, at once or at the end, and batches differ in size.
            var sent = permutation.Select(i => Lesson[i]).ToList();
            sent.Insert((int)(order % sent.Count), sent[(int)(order % 3)]);
            sent.Add(sent[(int)(order % 5)]);
            foreach (var batch in sent.Chunk((int)(order % 3) + 2))
            {
                await ApplyAsync(app, order, batch);
            }
        }

        var written = await app.ReadAsync(db => WriteAsync(db));
        Assert.Equal(720, written.Count);
        Assert.All(written, line => Assert.Equal(Expected, line));
    }

    [Theory, OnEachEngine]
    internal async Task A_leaving_told_again_after_the_rejoin_leaves_the_child_present(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        foreach (var i in (int[])[0, 1, 2, 3, 4, 3])
        {
            await ApplyAsync(app, 1, [Lesson[i]]);
        }

        Assert.Equal(
            "planned 17:00-17:45 Live v1 runs 1 16:58- stays 00:30-10:00 10:40-", Assert.Single(await app.ReadAsync(db => WriteAsync(db))));
    }

    [Theory, OnEachEngine]
    internal async Task A_run_whose_start_was_never_told_is_a_session_all_the_same(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        await ApplyAsync(app, 1, [Lesson[3], Lesson[2]]);
        Assert.Equal("unplanned 16:58-17:43 Live v1 runs 1 - stays 00:30-10:00", Assert.Single(await app.ReadAsync(db => WriteAsync(db))));

        await ApplyAsync(app, 1, [Lesson[0]]);
        Assert.Equal("planned 17:00-17:45 Live v1 runs 1 - stays 00:30-10:00", Assert.Single(await app.ReadAsync(db => WriteAsync(db))));
    }

    private static async Task ApplyAsync(App app, long meetingId, string[] events)
    {
        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        var deliveries = events.Select(e => Read(app, e.Replace("MEETING", meetingId.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)))
            .OrderBy(d => d.At).ToList();
        foreach (var handler in scope.ServiceProvider.GetServices<IDeliveryHandler>())
        {
            var its = deliveries.Where(d => handler.Events.Contains(d.Event)).ToList();
            if (its.Count > 0)
            {
                await handler.ApplyAsync(db, its, CancellationToken.None);
            }
        }

        await db.SaveChangesAsync();
    }

    private static Delivery Read(App app, string body)
    {
        var root = JsonDocument.Parse(body).RootElement;
        var at = DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("event_ts").GetInt64());
        return new Delivery(app.School.Id, Guid.Empty, root.GetProperty("event").GetString()!, at, at, root.GetProperty("payload"));
    }

    /// <summary>One line for each session, without what may differ: ids and the order of things.</summary>
    private static async Task<List<string>> WriteAsync(SessionGuardDb db)
    {
        var sessions = await db.Set<Session>().AsNoTracking().ToListAsync();
        var instances = await db.Set<MeetingInstance>().AsNoTracking().ToListAsync();
        var events = await db.Set<ParticipantEvent>().AsNoTracking().ToListAsync();
        return [.. sessions.Select(s =>
        {
            var runs = instances.Where(i => i.SessionId == s.Id).ToList();
            var stays = runs.SelectMany(r => StayTimeline.BuildStays(events.Where(e => e.InstanceUuid == r.Uuid), r.EndedAt));
            return $"{(s.Planned ? "planned" : "unplanned")} {s.Start:HH:mm}-{s.End:HH:mm} {s.Status} v{s.TimeVersion} runs {runs.Count} "
                + string.Join(' ', runs.Select(r => $"{r.StartedAt:HH:mm}-{r.EndedAt:HH:mm}"))
                + " stays " + string.Join(' ', stays.Select(t => $"{t.Join:mm:ss}-{t.Leave:mm:ss}"));
        })];
    }

    private static string Event(string name, int second, string uuid, string fields) => $$$"""
        {"event":"{{{name}}}","event_ts":{{{Five.AddSeconds(second).ToUnixTimeMilliseconds()}}},"payload":{"account_id":"A",
        "object":{"id":"MEETING","uuid":"{{{Uuid(uuid)}}}","host_id":"host-1","topic":"Grade 3 Tap"{{{fields}}} } } }
        """;

    private static string Participant(string name, string timeField, int second, string connection) => Event(name, second, "u1", Real + $$"""
        , "participant":{"user_id":"{{connection}}","user_name":"Poppy R","email":"","{{timeField}}":"{{Five.AddSeconds(second):yyyy-MM-ddTHH:mm:ssZ}}"}
        """);

    private static string Uuid(string uuid) => uuid.Length == 0 ? "" : $"{uuid}-MEETING";

    private static IEnumerable<int[]> Permutations(int[] items) =>
        items.Length <= 1 ? [items] : items.SelectMany((first, i) => Permutations([.. items[..i], .. items[(i + 1)..]]).Select(rest => (int[])[first, .. rest]));
}
