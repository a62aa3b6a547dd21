using Microsoft.EntityFrameworkCore;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Text;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Families;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Reminders;

namespace SessionGuard.Demo;

/// <content>What the service has made of the story so far.</content>
internal sealed partial class Stage
{
    /// <summary>Of a class that was planned here.</summary>
    public Guid SessionId { get; private set; }

    public Task<Session> SessionAsync() => ReadAsync(db => OfStory(db).SingleAsync());

    public Task<int> RunsAsync() => ReadAsync(db => db.Set<MeetingInstance>().CountAsync(i => OfStory(db).Any(s => s.Id == i.SessionId)));

    public Task<List<Repair>> RepairsAsync() =>
        ReadAsync(db => db.Set<Repair>().Where(r => db.Set<Meeting>().Any(m => m.Id == r.MeetingId && m.ZoomMeetingId == Meeting.Id)).ToListAsync());

    /// <summary>By the rule's id.</summary>
    public Task<Dictionary<string, RuleResult>> RulesAsync() =>
        ReadAsync(db => db.Set<RuleRecord>().Where(r => OfStory(db).Any(s => s.Id == r.SessionId)).ToDictionaryAsync(r => r.Rule, r => r.Result));

    /// <summary>Null: the rule was not run, or was not needed.</summary>
    public async Task<RuleResult?> ResultAsync(Rule rule) => (await RulesAsync()).TryGetValue(rule.Id, out var result) ? result : null;

    /// <summary>What was missed, open or not, the earliest first.</summary>
    public Task<List<Flag>> FlagsAsync() =>
        ReadAsync(db => db.Set<Flag>().Where(f => OfStory(db).Any(s => s.Id == f.SessionId)).OrderBy(f => f.RaisedAt).ToListAsync());

    /// <summary>What still waits for somebody, whichever story it is from.</summary>
    public Task<List<Flag>> OpenFlagsAsync() => ReadAsync(db => db.Set<Flag>().Where(f => Flag.Undecided.Contains(f.Status)).ToListAsync());

    /// <summary>Null: that safeguard was never missed.</summary>
    public async Task<Flag?> FlagAsync(Rule rule) => (await FlagsAsync()).Find(f => f.Rule == rule.Id);

    public Task<int> AsksAsync() => ReadAsync(db => db.Set<Ask>().CountAsync(a => a.State == AskState.Sent && OfStory(db).Any(s => s.Id == a.SessionId)));

    /// <summary>Answers that count.</summary>
    public Task<int> AnswersAsync() => ReadAsync(db => db.Set<Answer>().CountAsync(a =>
        a.Source != AnswerSource.UnsurePress && a.UndoneAt == null && OfStory(db).Any(s => s.Id == a.SessionId)));

    public Task<int> CheckInsAsync() => ReadAsync(db => db.Set<CheckIn>().CountAsync(c => OfStory(db).Any(s => s.Id == c.SessionId)));

    /// <summary>Mails that have left for this address since the story began, the newest first.</summary>
    public Task<List<OutboxMessage>> MailsToAsync(string address) => ReadAsync(async db =>
        (await db.Set<OutboxMessage>().Where(m => m.CreatedAt >= _begun && m.State == OutboxState.Sent)
            .OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).ToListAsync()).FindAll(m => m.To == address));

    /// <summary>What somebody reads who opens a mail.</summary>
    public string GetText(OutboxMessage mail) => _services.GetRequiredService<SecretBox>().Open(mail.SealedText!);

    public async Task<Uri> FamiliesAddressAsync()
    {
        var session = await SessionAsync();
        var series = await ReadAsync(db => db.Set<ClassSeries>().SingleAsync(s => s.Id == session.SeriesId));
        return _services.GetRequiredService<JoinAddresses>().CreateAddress(series);
    }

    /// <summary>Where the families' shared address leads just now; null while it leads nowhere yet.</summary>
    public async Task<Uri?> FamiliesLandAtAsync(CancellationToken cancellation)
    {
        await using var scope = _services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var door = scope.ServiceProvider.GetRequiredService<JoinLookup>();
        var view = await door.LookAsync((await FamiliesAddressAsync()).Segments[^1], cancellation);
        return view.State is JoinState.Open ? await door.ZoomLinkAsync(view, cancellation) : null;
    }

    public async Task<StorySummary> SummariseAsync(string story) => new(
        story, AllHeld, await ReadAsync(db => OfStory(db).CountAsync()), (await RepairsAsync()).Count(r => r.Outcome is RepairOutcome.Held or RepairOutcome.SetBack),
        await AsksAsync(), await AnswersAsync(), [.. (await FlagsAsync()).Select(f => new StoryFlag(f.Rule, Words.ToWord(f.Status)))]);

    private Task<List<long>> MeetingsAsync() => ReadAsync(db => db.Set<Meeting>().Select(m => m.ZoomMeetingId).ToListAsync());

    private IQueryable<Session> OfStory(SessionGuardDb db) =>
        db.Set<Session>().Where(s => db.Set<Meeting>().Any(m => m.Id == s.MeetingId && m.ZoomMeetingId == Meeting.Id));

    private async Task<T> ReadAsync<T>(Func<SessionGuardDb, Task<T>> read)
    {
        await using var scope = _services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        return await read(scope.ServiceProvider.GetRequiredService<SessionGuardDb>());
    }
}
