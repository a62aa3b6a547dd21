using SessionGuard.Classes.Checking;
using SessionGuard.Classes.Seats;
using SessionGuard.Demo.Actors;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Jobs;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Tenancy;
using SessionGuard.Platform.Text;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Presence;
using SessionGuard.Safeguarding.Reminders;
using SessionGuard.Surfaces.Seeding;
using SessionGuard.Zoom.Webhooks.Processing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Demo;

/// <summary>
/// Where a story is played: the service, the fake Zoom beside it, the clock and the people, with a line for everything that happens.
/// This part is what is done; the other is what the service made of it.
/// </summary>
internal sealed partial class Stage
{
    private readonly IServiceProvider _services;
    private readonly StoryClock _clock;
    private readonly TimeSpan _pause;
    private readonly Action<StoryLine> _tell;
    private readonly JobRunner _jobs;
    private readonly List<bool> _expectations = [];
    private readonly DateTimeOffset _begun;

    /// <param name="pause">How long a line stands before the next.</param>
    public Stage(IServiceProvider services, StoryClock clock, TimeSpan pause, Action<StoryLine> tell)
    {
        _services = services;
        _clock = clock;
        _pause = pause;
        _tell = tell;
        _begun = clock.Now();
        _jobs = services.GetRequiredService<JobRunner>();
        Zoom = services.GetRequiredService<SandboxServer>();
        Visits = services.GetRequiredService<DemoVisits>();
        Screens = services.GetRequiredService<Screens>();
        School = services.GetRequiredService<OrganisationDirectory>().BySlug(DemoSchool.Slug)!;
        Cast = new Cast(this);
    }

    public SandboxServer Zoom { get; }

    public DemoVisits Visits { get; }

    public Screens Screens { get; }

    public KnownOrganisation School { get; }

    public Cast Cast { get; }

    /// <summary>The story's class in Zoom, once it is scheduled.</summary>
    public SandboxMeeting Meeting { get; private set; } = null!;

    public DateTimeOffset Now => _clock.Now();

    public LocalTime Time => new(School.TimeZone, Now);

    public bool AllHeld => _expectations.TrueForAll(held => held);

    /// <summary>Five in the afternoon, where the school is.</summary>
    public DateTimeOffset ClassTime(int inDays = 2) => Time.GetStart(Time.Today.AddDays(inDays)).AddHours(17);

    /// <summary>Says what happens next, and lets it be read.</summary>
    public async Task TellAsync(string text, CancellationToken cancellation)
    {
        _tell(new StoryLine(Now, text));
        await Task.Delay(_pause, cancellation);
    }

    public void Expect(string what, bool held)
    {
        _expectations.Add(held);
        _tell(new StoryLine(Now, what, held));
    }

    /// <summary>Goes on at a later moment, when whatever fell due until then is done.</summary>
    public Task SkipToAsync(DateTimeOffset instant, CancellationToken cancellation)
    {
        SkipTo(instant);
        return SettleAsync(cancellation);
    }

    /// <summary>Robin decides on what an earlier story left open: each story counts on an empty desk.</summary>
    public async Task ClearDeskAsync(CancellationToken cancellation)
    {
        foreach (var flag in await OpenFlagsAsync())
        {
            await Cast.Robin.CloseAsync(flag, CloseReason.TalkedOver, "Talked over with Alex after the class.", cancellation);
        }
    }

    public void SkipTo(DateTimeOffset instant) => _clock.SkipTo(instant);

    /// <summary>The teacher schedules the story's class in Zoom's own app.</summary>
    public SandboxMeeting Schedule(ScheduleMeeting wish) => Meeting = Zoom.Schedule(DemoSchool.Teacher.Email, wish);

    /// <summary>The office plans the story's class here, which makes it in Zoom; long enough ahead that nobody is asked yet.</summary>
    /// <param name="children">References of those who come; see <see cref="DemoFamilies"/>.</param>
    /// <returns>When it begins.</returns>
    public async Task<DateTimeOffset> PlanAsync(string name, bool hasGate, IReadOnlyList<string> children, CancellationToken cancellation)
    {
        var start = ClassTime(inDays: 5);
        var known = await MeetingsAsync();
        var series = new SeedSeries(
            $"{name}-{start:yyyyMMdd}", name, DemoSchool.Teacher.Email, CoTeachers: null, ZoomMeetingId: null, $"{Time.GetDay(start):yyyy-MM-dd}", "17:00",
            Minutes: 45, Weeks: null, "in-room", hasGate, PlannedSize: children.Count, children);
        await DemoSchool.SeedAsync(_services, new SeedFile { Series = [series] }, cancellation);
        Meeting = Zoom.FindMeeting((await MeetingsAsync()).Except(known).Single())!;
        await SettleAsync(cancellation);
        SessionId = (await SessionAsync()).Id;
        Screens.Show(Watched.Teacher, $"/sessions/{SessionId}");
        return start;
    }

    /// <summary>Lets Zoom's deliveries arrive and the service do what they call for, until nothing is left to do.</summary>
    public async Task SettleAsync(CancellationToken cancellation)
    {
        // Our own change of a meeting comes back as an event: the second round must find nothing to do.
        for (var round = 0; round < 2; round++)
        {
            await Zoom.Deliveries.DrainAsync(cancellation);
            await RunAsync<ProcessInboxJob>(cancellation);
            await RunAsync<CheckUpcomingMeetingsJob>(cancellation);
            await RunAsync<ProvideSeatsJob>(cancellation);
            await RunAsync<BackfillJob>(cancellation);
            await RunAsync<SendRemindersJob>(cancellation);
            await RunAsync<EvaluateSessionsJob>(cancellation);
            await RunAsync<EscalateFlagsJob>(cancellation);
        }

        await RunAsync<SendMailJob>(cancellation);
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
