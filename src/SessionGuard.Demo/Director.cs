namespace SessionGuard.Demo;

/// <summary>Plays one story at a time and keeps what was told. It is there only in the demo.</summary>
internal sealed class Director(IServiceProvider services, Screens screens, StoryClock clock, IHostApplicationLifetime lifetime)
{
    /// <summary>How long a line stands before the next when people watch.</summary>
    public static readonly TimeSpan ReadingPause = TimeSpan.FromSeconds(8);

    private readonly Lock _lock = new();
    private readonly List<StoryLine> _lines = [];
    private Task _playing = Task.CompletedTask;

    /// <summary>The story that is played or was played last; null before the first.</summary>
    public Story? Current { get; private set; }

    /// <summary>How the last story ended; null while one is played.</summary>
    public StorySummary? Ending { get; private set; }

    public bool IsPlaying => Current is not null && Ending is null;

    public IReadOnlyList<StoryLine> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Begins a story that goes on by itself; while another is played it does nothing.</summary>
    public void Begin(Story story)
    {
        lock (_lock)
        {
            if (_playing.IsCompleted)
            {
                _playing = PlayAsync(story, ReadingPause, _ => { }, lifetime.ApplicationStopping);
            }
        }
    }

    /// <param name="tell">Hears each line as it is told.</param>
    public async Task<StorySummary> PlayAsync(Story story, TimeSpan pause, Action<StoryLine> tell, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _lines.Clear();
            Current = story;
            Ending = null;
        }

        var stage = new Stage(services, clock, pause, line =>
        {
            Keep(line);
            tell(line);
        });
        try
        {
            await stage.ClearDeskAsync(cancellation);
            screens.Reset();
            await story.PlayAsync(stage, cancellation);
        }
        catch (Exception fault) when (fault is InvalidOperationException or HttpRequestException)
        {
            // Whoever plays did not find what the story counts on: the lines so far say where.
            stage.Expect($"The story goes on ({fault.Message})", held: false);
        }

        return Ending = await stage.SummariseAsync(story.Name);
    }

    private void Keep(StoryLine line)
    {
        lock (_lock)
        {
            _lines.Add(line);
        }
    }
}
