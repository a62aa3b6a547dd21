using System.Text.RegularExpressions;
using SessionGuard.Platform.Mail;
using SessionGuard.Surfaces.Seeding;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Demo.Actors;

/// <summary>A carer who reads their mail, and uses the pages that it leads to.</summary>
internal sealed class Family(Stage stage, SeedCarer carer)
{
    private readonly Browser _browser = stage.Visits.Anybody();

    /// <summary>Everything sent to them since the story began, the newest first.</summary>
    public Task<List<OutboxMessage>> MailsAsync() => stage.MailsToAsync(carer.Email!);

    /// <summary>Opens the newest mail and presses the button in it.</summary>
    public async Task<WebPage> OpenMailAsync(CancellationToken cancellation)
    {
        var links = await LinksAsync();
        return await LookAsync(links.First(l => l.Contains("/c/", StringComparison.Ordinal)), cancellation);
    }

    /// <summary>Every address in the newest mail, in order.</summary>
    public async Task<IReadOnlyList<string>> LinksAsync() =>
        [.. Regex.Matches(stage.GetText((await MailsAsync())[0]), @"https?://\S+").Select(m => m.Value)];

    public async Task<WebPage> AnswerAsync(CancellationToken cancellation) =>
        await _browser.PressAsync(await OpenMailAsync(cancellation), "I will be there", cancellation);

    /// <param name="other">What the family calls whoever will be there.</param>
    public async Task<WebPage> AnotherAdultAsync(string other, CancellationToken cancellation) =>
        await _browser.PressAsync(await OpenMailAsync(cancellation), "Another adult will be there", cancellation, new Filled("otherAdult", other));

    /// <summary>Goes from the mail to the join page, ticks who is there and presses.</summary>
    /// <param name="ticks">False: takes the ticks away first.</param>
    /// <returns>The page that said no, or where it led.</returns>
    public async Task<WebPage> PressJoinAsync(bool ticks, CancellationToken cancellation)
    {
        var mail = await OpenMailAsync(cancellation);
        var page = await LookAsync(mail.LinkTo("/j/") ?? throw new InvalidOperationException("The page names no way to join."), cancellation);
        return await _browser.PressAsync(page, "Join the class in Zoom", cancellation, ticks ? [] : [new Filled("with", null)]);
    }

    /// <summary>Joins by the pages, and comes to the class's door in Zoom as whoever the link is for.</summary>
    /// <returns>Null: the page did not lead to a link of one's own.</returns>
    public async Task<SandboxParticipant?> JoinAsync(CancellationToken cancellation)
    {
        var pressed = await PressJoinAsync(ticks: true, cancellation);
        return stage.Meeting.Registrants.FirstOrDefault(r => r.JoinUrl == pressed.LeadsAway?.AbsoluteUri) is { } seat
            ? stage.Zoom.Join(stage.Meeting.Id, JoinMeeting.Registrant(seat))
            : null;
    }

    private Task<WebPage> LookAsync(string address, CancellationToken cancellation)
    {
        stage.Screens.Show(Watched.Family, new Uri(new Uri("http://localhost"), address).PathAndQuery);
        return _browser.OpenAsync(address, cancellation);
    }
}
