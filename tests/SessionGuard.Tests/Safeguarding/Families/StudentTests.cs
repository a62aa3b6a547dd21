using System.Net;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Safeguarding.Reminders;
using SessionGuard.School.People;
using SessionGuard.Tests.Platform.Mail;
using SessionGuard.Tests.Surfaces.Shell;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Safeguarding.Families;

/// <summary>An adult who is taught beside children: told of the class, asked nothing, led in by a link of their own.</summary>
public sealed class StudentTests
{
    private const string OwnLink = "https://us06web.zoom.us/w/81234500000?tk=sams-own";

    private static readonly DateTimeOffset Friday = App.Noon.AddDays(3).AddHours(5);

    [Theory, OnEachEngine]
    internal async Task They_are_told_once_the_day_before_and_join_by_their_own_link(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var (school, ballet, sam) = await ClassOfSamAsync(app);
        await school.LinkAsync(ballet, sam, OwnLink);

        Assert.Empty(await MailsAsync(app, Friday.AddHours(-72)));
        var mail = Assert.Single(await MailsAsync(app, Friday.AddHours(-24)));
        Assert.Single(await MailsAsync(app, Friday.AddHours(-2))); // no second one

        Assert.Equal("Friday Ballet: your link to join", mail.Header("Subject"));
        Assert.StartsWith("Your class is Friday 27 November, 5.00pm (UK time).", mail.TextWords, StringComparison.Ordinal);
        Assert.Equal(mail.TextWords, mail.HtmlWords);
        Assert.Contains(mail.Button.AbsoluteUri, mail.Calendar.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        app.Clock.Advance(Friday - app.Clock.GetUtcNow());
        using var browser = app.Stranger();
        var form = await Form.OpenAsync(browser, mail.Button.AbsolutePath);
        Assert.Contains("Ballet", form.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("checkbox", form.Html, StringComparison.Ordinal);
        using var answer = await form.SendAsync();
        Assert.Equal(OwnLink, answer.Headers.Location?.AbsoluteUri);
    }

    [Fact]
    public async Task No_adults_word_is_asked_for_them_and_no_child_is_shown_to_them()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var school = new FamilySchool(app.Services);
        var tap = await school.ClassAsync("Tap with Maya", Friday, gate: true);
        var sam = await school.StudentAsync("Sam Reed", "sam@student.example", tap);
        await school.ChildAsync("Maya Smith", [await school.CarerAsync("Jo Smith", "jo@family.example")], tap);
        await school.LinkAsync(tap, sam, OwnLink);

        var mails = await MailsAsync(app, Friday.AddHours(-24));
        Assert.Equal(2, mails.Count);
        var own = Assert.Single(mails, m => m.Header("To").Contains("sam@", StringComparison.Ordinal));
        Assert.DoesNotContain("Maya", own.TextWords, StringComparison.Ordinal);
        app.Clock.Advance(Friday - app.Clock.GetUtcNow());
        using var browser = app.Stranger();
        using var answer = await (await Form.OpenAsync(browser, own.Button.AbsolutePath)).SendAsync();
        Assert.Equal(OwnLink, answer.Headers.Location?.AbsoluteUri);
    }

    [Fact]
    public async Task A_class_that_moves_is_told_of_at_once_to_those_who_knew_the_old_time()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var (school, ballet, _) = await ClassOfSamAsync(app);
        Assert.Single(await MailsAsync(app, Friday.AddHours(-24)));

        await school.MoveAsync(ballet, Friday.AddDays(7));
        var moved = (await MailsAsync(app, Friday.AddHours(-23))).Single(m => m.Header("Subject").StartsWith("New time", StringComparison.Ordinal));

        Assert.StartsWith("Your class has moved. It is now Friday 4 December, 5.00pm (UK time).", moved.TextWords, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_taken_back_is_told_of_no_more_and_its_link_opens_nothing()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var (school, ballet, sam) = await ClassOfSamAsync(app);
        var path = await school.JoinPathAsync(sam, ballet);
        await school.ChangeAsync<Seat>((await school.SeatOfAsync(sam, ballet)).Id, s => s.State = SeatState.Leaving);

        Assert.Empty(await MailsAsync(app, Friday.AddHours(-24)));
        using var browser = app.Stranger();
        using var answer = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Reminders_that_they_stop_stay_stopped_and_the_page_speaks_to_them()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var (school, _, sam) = await ClassOfSamAsync(app);
        using var browser = app.Stranger();
        var form = await Form.OpenAsync(browser, await school.StopPathAsync(sam));
        Assert.DoesNotContain("whether an adult", form.Html, StringComparison.Ordinal);

        using var answer = await form.SendAsync(("reminders", "stop"));

        Assert.Empty(await MailsAsync(app, Friday.AddHours(-24)));
    }

    private static async Task<(FamilySchool School, Session Ballet, Person Sam)> ClassOfSamAsync(App app)
    {
        var school = new FamilySchool(app.Services);
        var ballet = await school.ClassAsync("Ballet", Friday);
        return (school, ballet, await school.StudentAsync("Sam Reed", "sam@student.example", ballet));
    }

    /// <returns>All mails that have left by then.</returns>
    private static async Task<IReadOnlyList<ReceivedMail>> MailsAsync(App app, DateTimeOffset at)
    {
        app.Clock.Advance(at - app.Clock.GetUtcNow());
        await app.RunAsync<SendRemindersJob>();
        await app.RunAsync<SendMailJob>();
        return ReceivedMail.In(app.Folder);
    }
}
