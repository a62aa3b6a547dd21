using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Reminders;
using SessionGuard.School.People;
using SessionGuard.Tests.Platform.Mail;
using SessionGuard.Tests.Safeguarding.Families;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Safeguarding.Reminders;

public sealed class SendRemindersTests
{
    private static readonly DateTimeOffset Friday = App.Noon.AddDays(3).AddHours(5);

    [Theory, OnEachEngine]
    internal async Task One_mail_asks_for_all_children_of_a_family_and_a_second_pass_adds_none(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var (school, ballet, jo) = await ClassOfJoAsync(app);
        await school.ChildAsync("Leo Smith", [jo], ballet);
        await app.RunAsync<SendRemindersJob>();
        Assert.Empty(await app.OutboxAsync());

        app.Clock.Advance(Friday.AddHours(-72) - App.Noon);
        await app.RunAsync<SendRemindersJob>();
        await app.RunAsync<SendRemindersJob>();

        await app.RunAsync<SendMailJob>();
        var mail = Assert.Single(ReceivedMail.In(app.Folder));
        Assert.Equal("Friday Ballet: will an adult be there?", mail.Header("Subject"));
        Assert.StartsWith("Will an adult be in the room with Leo and Maya on Friday 27 November, 5.00pm (UK time)?", mail.TextWords, StringComparison.Ordinal);
        Assert.DoesNotContain("Smith", mail.TextWords, StringComparison.Ordinal);
        Assert.Equal(mail.TextWords, mail.HtmlWords);
    }

    [Theory, OnEachEngine]
    internal async Task Two_passes_at_once_send_one_mail_for_each_ask(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var school = new FamilySchool(app.Services);
        var ballet = await school.ClassAsync("Ballet", App.Noon.AddHours(1));
        for (var family = 0; family < 12; family++)
        {
            await school.ChildAsync($"Child {family}", [await school.CarerAsync($"Carer {family}", $"carer{family}@family.example")], ballet);
        }

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => app.RunAsync<SendRemindersJob>()));
        await app.RunAsync<SendRemindersJob>();

        Assert.Equal(12, (await app.OutboxAsync()).Select(m => m.To).Distinct().Count());
        Assert.Equal(12, (await app.OutboxAsync()).Count);
    }

    [Fact]
    public async Task The_second_carer_is_asked_a_day_before_and_nobody_after_an_answer()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var school = new FamilySchool(app.Services);
        var ballet = await school.ClassAsync("Ballet", Friday);
        var (jo, kim) = (await school.CarerAsync("Jo Smith", "jo@family.example"), await school.CarerAsync("Kim Poe", "kim@family.example"));
        var maya = await school.ChildAsync("Maya Smith", [jo, kim], ballet);

        Assert.Equal(["jo@family.example"], await AskedAtAsync(app, Friday.AddHours(-72)));
        Assert.Equal(["jo@family.example", "kim@family.example"], await AskedAtAsync(app, Friday.AddHours(-24)));
        await SayAsync(app, ballet, kim, maya, AnswerKind.Present);
        Assert.Empty(await AskedAtAsync(app, Friday.AddHours(-2)));
    }

    [Fact]
    public async Task An_answer_taken_back_is_asked_for_again_and_an_unsure_press_silences_nothing()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var (_, ballet, jo) = await ClassOfJoAsync(app);
        var maya = await app.ReadAsync(db => db.Set<Person>().SingleAsync(p => p.Kind == PersonKind.Child));
        await SayAsync(app, ballet, jo, maya, AnswerKind.Present);
        Assert.Empty(await AskedAtAsync(app, Friday.AddHours(-72)));

        await UseAsync<AnswerRegister>(app, answers => answers.TakeBackAsync(ballet, jo.Id, [maya.Id], CancellationToken.None));
        await SayAsync(app, ballet, jo, maya, AnswerKind.Present, AnswerSource.UnsurePress);
        Assert.Single(await AskedAtAsync(app, Friday.AddHours(-24)));
    }

    [Theory]
    [InlineData("cancelled")]
    [InlineData("stopped")]
    [InlineData("disowned")]
    [InlineData("no-address")]
    [InlineData("do-not-contact")]
    [InlineData("not-authorised")]
    [InlineData("seat-given-up")]
    [InlineData("left")]
    public async Task Nobody_is_asked_when_at_the_moment_there_is_nothing_to_ask(string what)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var (school, ballet, jo) = await ClassOfJoAsync(app);
        await app.RunAsync<SendRemindersJob>();
        await school.ChangeAsync<Person>(jo.Id, p =>
        {
            p.RemindersStoppedAt = what is "stopped" ? App.Noon : null;
            p.DisownedEmail = what is "disowned" ? "JO@family.example" : null;
            p.Email = what is "no-address" ? null : p.Email;
            p.LeftAt = what is "left" ? App.Noon : null;
        });
        await school.ChangeAsync<Session>(ballet.Id, s => s.Status = what is "cancelled" ? SessionStatus.Cancelled : s.Status);
        await app.ReadAsync(db => db.Set<Carership>().ExecuteUpdateAsync(set => set
            .SetProperty(c => c.DoNotContact, what == "do-not-contact").SetProperty(c => c.NotAuthorised, what == "not-authorised")));
        await app.ReadAsync(db => db.Set<SessionGuard.Classes.Seats.Seat>().Where(_ => what == "seat-given-up")
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.State, SessionGuard.Classes.Seats.SeatState.Leaving)));

        Assert.Empty(await AskedAtAsync(app, Friday.AddHours(-72)));
        Assert.Empty(await app.ReadAsync(db => db.Set<Ask>().Where(a => a.State == AskState.Waiting && a.DueAt <= Friday.AddHours(-72)).ToListAsync()));
    }

    [Theory, OnEachEngine]
    internal async Task A_moved_class_is_asked_for_again_and_the_mail_says_both_times(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var (school, ballet, jo) = await ClassOfJoAsync(app);
        var maya = await app.ReadAsync(db => db.Set<Person>().SingleAsync(p => p.Kind == PersonKind.Child));
        await app.RunAsync<SendRemindersJob>();
        await SayAsync(app, ballet, jo, maya, AnswerKind.Present);
        await school.MoveAsync(ballet, Friday.AddDays(7).AddMinutes(30));
        await app.RunAsync<SendRemindersJob>();
        await app.RunAsync<SendMailJob>();

        var mail = Assert.Single(ReceivedMail.In(app.Folder));
        Assert.Equal("New time for Ballet", mail.Header("Subject"));
        Assert.StartsWith("The class has moved. It was Friday 27 November, 5.00pm. It is now Friday 4 December, 5.30pm (UK time).", mail.TextWords, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:1\r\n", mail.Calendar, StringComparison.Ordinal);
        Assert.Empty(await app.ReadAsync(db => db.Set<Ask>().Where(a => a.TimeVersion == 1 && a.State == AskState.Waiting).ToListAsync()));
    }

    [Fact]
    public async Task A_class_named_after_a_child_is_not_named_in_the_subject()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        await ClassOfJoAsync(app, "Piano with Maya");
        await AskedAtAsync(app, Friday.AddHours(-72));

        Assert.Equal("Friday class: will an adult be there?", Assert.Single(await app.OutboxAsync()).Subject);
    }

    [Fact]
    public async Task Names_from_strangers_add_no_header_no_markup_and_turn_no_line_round()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var school = new FamilySchool(app.Services);
        var ballet = await school.ClassAsync("Ballet\r\nBcc: all@evil.test <script>alert(1)</script>\u202Edne", Friday, topic: "x\r\ny");
        await school.ChildAsync("<script>\u202EMaya\r\nBcc:", [await school.CarerAsync("Jo\r\nBcc: x@evil.test", "jo@family.example")], ballet);
        await AskedAtAsync(app, Friday.AddHours(-72));
        await app.RunAsync<SendMailJob>();

        var mail = Assert.Single(ReceivedMail.In(app.Folder));
        Assert.DoesNotContain(mail.Headers, h => h.Name is "Bcc" or "Cc");
        Assert.DoesNotContain("<script", mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', mail.Text + mail.Html + mail.Calendar + mail.Header("Subject"));
        Assert.DoesNotContain("Bcc", string.Join('\n', mail.Calendar.Split("\r\n").Select(l => l.Split(':')[0])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-28T17:00:00Z", "Saturday 28 March, 5.00pm (UK time)")]
    [InlineData("2026-03-29T16:00:00Z", "Sunday 29 March, 5.00pm (UK time)")]
    [InlineData("2027-10-30T16:00:00Z", "Saturday 30 October 2027, 5.00pm (UK time)")]
    [InlineData("2027-10-31T17:00:00Z", "Sunday 31 October 2027, 5.00pm (UK time)")]
    public async Task Times_are_the_schools_own_on_both_sides_of_a_clock_change(string start, string words)
    {
        var at = DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture);
        await using var app = await App.StartAsync(
            StorageEngine.Sqlite, clock: new TestClock(at.Year == 2026 ? at.AddHours(-70) : new DateTimeOffset(2026, 12, 31, 12, 0, 0, TimeSpan.Zero)));
        var school = new FamilySchool(app.Services);
        await school.ChildAsync("Maya Smith", [await school.CarerAsync("Jo Smith", "jo@family.example")], await school.ClassAsync("Ballet", at));
        app.Clock.Advance(at.Year == 2026 ? TimeSpan.Zero : at.AddHours(-72) - app.Clock.GetUtcNow());
        await app.RunAsync<SendRemindersJob>();
        await app.RunAsync<SendMailJob>();

        var mail = Assert.Single(ReceivedMail.In(app.Folder));
        Assert.Contains(at.Year == 2026 ? words : words.Replace(" 2027", "", StringComparison.Ordinal), mail.TextWords, StringComparison.Ordinal);
        Assert.Contains($"DTSTART:{start.Replace("-", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal)}\r\n", mail.Calendar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_carries_the_calendar_and_stops_with_one_click()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var (school, ballet, jo) = await ClassOfJoAsync(app);
        await AskedAtAsync(app, Friday.AddHours(-72));
        await app.RunAsync<SendMailJob>();

        var mail = Assert.Single(ReceivedMail.In(app.Folder));
        var join = $"https://lessons.alder.example{await school.JoinPathAsync(jo, ballet)}";
        Assert.Equal(["text/plain", "text/html", "text/calendar"], mail.PartTypes);
        Assert.Contains($"URL:{join}\r\n", mail.Calendar.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("SUMMARY:Ballet (Alder Dance)\r\n", mail.Calendar, StringComparison.Ordinal);
        Assert.DoesNotContain("Maya", mail.Calendar, StringComparison.Ordinal);
        Assert.DoesNotContain("zoom.us", mail.Raw + mail.Calendar, StringComparison.Ordinal);
        Assert.Equal($"<https://lessons.alder.example{await school.StopPathAsync(jo)}>", mail.Header("List-Unsubscribe"));
        Assert.Equal("List-Unsubscribe=One-Click", mail.Header("List-Unsubscribe-Post"));
        Assert.Equal($"https://lessons.alder.example{await school.ConfirmPathAsync(jo, ballet)}", mail.Button.AbsoluteUri);
    }

    [Theory]
    [InlineData(OutboxState.Sent, RuleResult.NotMet)]
    [InlineData(OutboxState.Failed, RuleResult.CouldNotCheck)]
    internal async Task A_mail_that_failed_for_good_is_no_silence_of_the_family(OutboxState mail, RuleResult promised)
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var (school, ballet, _) = await ClassOfJoAsync(app);
        await AskedAtAsync(app, Friday.AddHours(-72));
        await app.ReadAsync(db => db.Set<OutboxMessage>().ExecuteUpdateAsync(set => set.SetProperty(m => m.State, mail)));
        await school.ChangeAsync<Session>(ballet.Id, s => s.JudgeDueAt = Friday.AddMinutes(-30));
        app.Clock.Advance(Friday.AddMinutes(-30) - app.Clock.GetUtcNow());

        await app.RunAsync<EvaluateSessionsJob>();

        Assert.Equal(promised, await app.ReadAsync(db => db.Set<RuleRecord>().Where(r => r.Rule == "parent-confirmed").Select(r => r.Result).SingleAsync()));
    }

    [Fact]
    public async Task By_hand_a_carer_is_reminded_at_most_once_an_hour()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        var (_, ballet, jo) = await ClassOfJoAsync(app);
        var maya = await app.ReadAsync(db => db.Set<Person>().SingleAsync(p => p.Kind == PersonKind.Child));
        Task<RemindResult> PressAsync() => UseAsync<RemindFamily, RemindResult>(app, r => r.HandleAsync(ballet.Id, maya.Id, Guid.Empty, CancellationToken.None));

        Assert.Equal(RemindResult.Asked, await PressAsync());
        app.Clock.Advance(RemindFamily.AtMostEvery - TimeSpan.FromMilliseconds(1));
        Assert.Equal(RemindResult.TooSoon, await PressAsync());
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(RemindResult.Asked, await PressAsync());
        await app.RunAsync<SendRemindersJob>();
        Assert.All(await app.OutboxAsync(), m => Assert.Equal("jo@family.example", m.To));

        await SayAsync(app, ballet, jo, maya, AnswerKind.CannotCome);
        Assert.Equal(RemindResult.Answered, await PressAsync());
        Assert.Equal(RemindResult.NotThere, await UseAsync<RemindFamily, RemindResult>(app, r => r.HandleAsync(ballet.Id, jo.Id, Guid.Empty, CancellationToken.None)));
    }

    private static async Task<(FamilySchool School, Session Class, Person Jo)> ClassOfJoAsync(App app, string name = "Ballet")
    {
        var school = new FamilySchool(app.Services);
        var session = await school.ClassAsync(name, Friday);
        var jo = await school.CarerAsync("Jo Smith", "jo@family.example");
        await school.ChildAsync("Maya Smith", [jo], session);
        return (school, session, jo);
    }

    /// <summary>To whom mail was written in a pass at <paramref name="at"/>.</summary>
    private static async Task<IEnumerable<string>> AskedAtAsync(App app, DateTimeOffset at)
    {
        await app.RunAsync<SendRemindersJob>();
        var before = (await app.OutboxAsync()).Count;
        app.Clock.Advance(at - app.Clock.GetUtcNow());
        await app.RunAsync<SendRemindersJob>();
        return (await app.OutboxAsync()).Skip(before).Select(m => m.To).Order();
    }

    private static Task<bool> SayAsync(App app, Session session, Person carer, Person child, AnswerKind kind, AnswerSource source = AnswerSource.Page) =>
        UseAsync<AnswerRegister>(app, answers => answers.GiveAsync(
            session, carer.Id, [child.Id], new Said(kind, null, source, app.Clock.GetUtcNow()), CancellationToken.None));

    private static Task<bool> UseAsync<T>(App app, Func<T, Task> use)
        where T : class => UseAsync<T, bool>(app, async service =>
        {
            await use(service);
            return true;
        });

    private static async Task<TResult> UseAsync<T, TResult>(App app, Func<T, Task<TResult>> use)
        where T : class
    {
        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        return await use(scope.ServiceProvider.GetRequiredService<T>());
    }
}
