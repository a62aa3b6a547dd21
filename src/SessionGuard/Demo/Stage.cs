using Microsoft.EntityFrameworkCore;
using SessionGuard.Jobs;
using SessionGuard.Mail;
using SessionGuard.Organisations;
using SessionGuard.Safeguards;
using SessionGuard.Families;
using SessionGuard.Sessions;
using SessionGuard.Sessions.Checking;
using SessionGuard.Storage;
using SessionGuard.Webhooks;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Demo;

/// <summary>Where a story is played: the service, the fake Zoom beside it and the clock, with a line for everything that happens.</summary>
internal sealed class Stage(IServiceProvider services, SandboxServer zoom, StoryClock clock, TimeSpan pause, Action<StoryLine> tell)
{
    private readonly List<bool> _expectations = [];
    private readonly JobRunner _jobs = services.GetRequiredService<JobRunner>();
    private long _meeting;

    public SandboxServer Zoom => zoom;

    public KnownOrganisation School { get; } = services.GetRequiredService<OrganisationDirectory>().BySlug(DemoSchool.Slug)!;

    public DateTimeOffset Now => clock.Now();

    public LocalTime Time => new(School.TimeZone, Now);

    public bool AllHeld => _expectations.TrueForAll(held => held);

    /// <summary>Five in the afternoon of the day after tomorrow, where the school is.</summary>
    public DateTimeOffset ClassTime() => Time.StartOf(Time.Today.AddDays(2)).AddHours(17);

    /// <summary>Says what happens next, and lets it be read.</summary>
    public async Task TellAsync(string text, CancellationToken cancellation)
    {
        tell(new StoryLine(Now, text));
        await Task.Delay(pause, cancellation);
    }

    public void Expect(string what, bool held)
    {
        _expectations.Add(held);
        tell(new StoryLine(Now, what, held));
    }

    public void SkipTo(DateTimeOffset instant) => clock.SkipTo(instant);

    /// <summary>The teacher schedules the story's class in Zoom's own app.</summary>
    public SandboxMeeting Schedule(ScheduleMeeting wish)
    {
        var meeting = zoom.Schedule(DemoSchool.Teacher.Email, wish);
        _meeting = meeting.Id;
        return meeting;
    }

    /// <summary>Lets Zoom's deliveries arrive and the service do what they call for, until nothing is left to do.</summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        // Our own change of a meeting comes back as an event: the second round must find nothing to do.
        for (var round = 0; round < 2; round++)
        {
            await zoom.Deliveries.DrainAsync(cancellation);
            await RunAsync<ProcessInboxJob>(cancellation);
            await RunAsync<CheckUpcomingMeetingsJob>(cancellation);
        }

        await RunAsync<SendMailJob>(cancellation);
    }

    public Task<Session> SessionAsync() => ReadAsync(db => OfStory(db).SingleAsync());

    public Task<List<Repair>> RepairsAsync() =>
        ReadAsync(db => db.Set<Repair>().Where(r => db.Set<Meeting>().Any(m => m.Id == r.MeetingId && m.ZoomMeetingId == _meeting)).ToListAsync());

    public Task<Dictionary<string, RuleResult>> RulesAsync() =>
        ReadAsync(db => db.Set<RuleRecord>().Where(r => OfStory(db).Any(s => s.Id == r.SessionId)).ToDictionaryAsync(r => r.Rule, r => r.Result));

    /// <summary>Subjects of the mails to the teacher since the story began.</summary>
    public Task<List<string>> MailsSinceAsync(DateTimeOffset begin) => ReadAsync(db =>
        db.Set<OutboxMessage>().Where(m => m.To == DemoSchool.Teacher.Email && m.CreatedAt >= begin && m.State == OutboxState.Sent)
            .OrderBy(m => m.CreatedAt).Select(m => m.Subject).ToListAsync());

    public async Task<Uri> FamiliesAddressAsync()
    {
        var session = await SessionAsync();
        var series = await ReadAsync(db => db.Set<ClassSeries>().SingleAsync(s => s.Id == session.SeriesId));
        return services.GetRequiredService<JoinAddresses>().Of(series);
    }

    /// <summary>Where the families' address leads just now; null while it leads nowhere yet.</summary>
    public async Task<Uri?> FamiliesLandAtAsync(CancellationToken cancellation)
    {
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var door = scope.ServiceProvider.GetRequiredService<JoinDoor>();
        var view = await door.LookAsync((await FamiliesAddressAsync()).Segments[^1], cancellation);
        return view.State is JoinState.Open ? await door.ZoomLinkAsync(view, cancellation) : null;
    }

    public async Task<StorySummary> SummariseAsync(string story) => new(
        story, AllHeld, await ReadAsync(db => OfStory(db).CountAsync()), (await RepairsAsync()).Count(r => r.Outcome is RepairOutcome.Held or RepairOutcome.SetBack),
        Asks: 0, Answers: 0, Flags: []);

    private IQueryable<Session> OfStory(SessionGuardDb db) =>
        db.Set<Session>().Where(s => db.Set<Meeting>().Any(m => m.Id == s.MeetingId && m.ZoomMeetingId == _meeting));

    private async Task<T> ReadAsync<T>(Func<SessionGuardDb, Task<T>> read)
    {
        await using var scope = services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        return await read(scope.ServiceProvider.GetRequiredService<SessionGuardDb>());
    }

    private async Task RunAsync<TJob>(CancellationToken cancellation)
        where TJob : IJob
    {
        if ((await _jobs.RunAsync<TJob>(cancellation)).Failure is { } failure)
        {
            Expect($"{typeof(TJob).Name} runs without a fault ({failure.GetType().Name})", held: false);
        }
    }
}
