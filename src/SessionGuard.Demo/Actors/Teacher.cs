using SessionGuard.ZoomSandbox;

namespace SessionGuard.Demo.Actors;

/// <summary>Alex: teaches in Zoom, and looks at the class's pages beside it.</summary>
internal sealed class Teacher(Stage stage, DemoPerson person)
{
    private readonly Browser _browser = stage.Visits.Staff(person.Email);
    private SandboxParticipant? _inZoom;

    public Task<WebPage> LookAsync(CancellationToken cancellation) => LookAsync(ClassPage, cancellation);

    public Task<WebPage> LookLiveAsync(CancellationToken cancellation) => LookAsync($"{ClassPage}/live", cancellation);

    /// <summary>Opens the class in Zoom; after a break, as the same person on a new line.</summary>
    public void Start()
    {
        stage.Zoom.Start(stage.Meeting.Id);
        _inZoom = stage.Zoom.Join(stage.Meeting.Id, JoinMeeting.User(stage.Meeting.Host) with { RejoinOf = _inZoom });
        stage.Screens.Show(Watched.Teacher, $"{ClassPage}/live");
    }

    public void LoseConnection() => stage.Zoom.Leave(_inZoom!, LeaveReasons.NetworkError);

    public void Admit(params IEnumerable<SandboxParticipant?> waiting)
    {
        foreach (var person in waiting.OfType<SandboxParticipant>())
        {
            stage.Zoom.Admit(person);
        }
    }

    public void End()
    {
        stage.Zoom.End(stage.Meeting.Id);
        stage.Screens.Show(Watched.Teacher, ClassPage);
    }

    public async Task<WebPage> RemindAsync(string child, CancellationToken cancellation) =>
        await _browser.PressAsync(await LookAsync(cancellation), $"Remind {child}’s family", cancellation);

    /// <summary>Says on the live page who the only unknown person is.</summary>
    public async Task<WebPage> SayWhoAsync(string child, CancellationToken cancellation)
    {
        var page = await LookLiveAsync(cancellation);
        return await _browser.PressAsync(page, "That’s right", cancellation, new Filled("seat", page.Choice($"This is {child}")));
    }

    public async Task<WebPage> SeeAdultAsync(string child, CancellationToken cancellation) =>
        await _browser.PressAsync(await LookLiveAsync(cancellation), $"I see an adult with {child}", cancellation);

    public async Task<WebPage> ExplainAsync(string line, CancellationToken cancellation) =>
        await _browser.PressAsync(await LookAsync(cancellation), "Send to the safeguarding lead", cancellation, new Filled("text", line));

    private string ClassPage => $"/sessions/{stage.SessionId}";

    private Task<WebPage> LookAsync(string path, CancellationToken cancellation)
    {
        stage.Screens.Show(Watched.Teacher, path);
        return _browser.OpenAsync(path, cancellation);
    }
}
