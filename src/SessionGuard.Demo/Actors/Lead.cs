using SessionGuard.Platform.Mail;
using SessionGuard.Safeguarding.Flags;

namespace SessionGuard.Demo.Actors;

/// <summary>Whoever watches over the school's safeguards: Robin, or the deputy.</summary>
internal sealed class Lead(Stage stage, DemoPerson person)
{
    private readonly Browser _browser = stage.Visits.Staff(person.Email);

    /// <summary>Everything sent to them about flags since the story began, the newest first.</summary>
    /// <remarks>The morning's count is no part of a story: it comes when its own job runs, which a story does not wait for.</remarks>
    public async Task<List<OutboxMessage>> MailsAsync() => (await stage.MailsToAsync(person.Email)).FindAll(m => m.Purpose != Digest.Purpose.Word);

    public Task<WebPage> LookAsync(CancellationToken cancellation) => LookAsync("/flags", cancellation);

    /// <summary>Opens a flag at the desk.</summary>
    public Task<WebPage> LookAtAsync(Flag flag, CancellationToken cancellation) => LookAsync($"/flags/{flag.Id}", cancellation);

    public async Task<WebPage> CloseAsync(Flag flag, CloseReason reason, string note, CancellationToken cancellation) => await _browser.PressAsync(
        await LookAtAsync(flag, cancellation), "Keep this decision", cancellation, new Filled("reason", reason.ToString()), new Filled("note", note));

    private Task<WebPage> LookAsync(string path, CancellationToken cancellation)
    {
        stage.Screens.Show(Watched.Lead, path);
        return _browser.OpenAsync(path, cancellation);
    }
}
