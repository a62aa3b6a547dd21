using SessionGuard.Classes.Planning;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Text;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Families;
using SessionGuard.Safeguarding.Flags;
using SessionGuard.Safeguarding.Overview;
using SessionGuard.Safeguarding.Reminders;
using SessionGuard.School.Staff;

namespace SessionGuard.Surfaces.Class;

/// <summary>What staff do about one class with one press. Each returns the sentence that says why it was not done; null: it was.</summary>
internal sealed class ClassActs(
    RemindFamily remind, RecordPhoneAnswer phone, ExplainFlag explain, ChangeSeries change,
    Viewer viewer, TimeProvider clock)
{
    public async Task<string?> RemindAsync(SessionView view, Guid child, CancellationToken cancellation) =>
        await remind.HandleAsync(view.Session.Id, child, viewer.AccountId, cancellation) switch
        {
            RemindResult.Asked => null,
            RemindResult.NotThere => PresenceActs.NotInClass,
            RemindResult.TooLate => "The class has begun or does not take place, so there is nothing to ask any more.",
            RemindResult.Answered => "The family has answered meanwhile.",
            RemindResult.NobodyToWriteTo => "There is nobody we may write to. Please ring.",
            RemindResult.TooSoon => "They were reminded less than an hour ago. Give them a little time, or ring.",
        };

    public async Task<string?> PhoneAsync(SessionView view, Guid child, Guid carer, AnswerKind answer, string? other, CancellationToken cancellation) =>
        await phone.HandleAsync(new PhoneAnswer(view.Session.Id, child, carer, answer, other, clock.Now(), viewer.AccountId), cancellation) switch
        {
            PhoneAnswerResult.Recorded => null,
            PhoneAnswerResult.NotTheirs => PresenceActs.NotInClass,
            PhoneAnswerResult.Cancelled => "This class does not take place.",
            PhoneAnswerResult.WrongTime => "The class has begun: now it counts who is there.",
            PhoneAnswerResult.NameNeeded => $"Write who the other adult is, in at most {Said.LongestName} characters.",
        };

    public async Task<string?> ExplainAsync(Guid flag, string? text, CancellationToken cancellation) => await explain.HandleAsync(flag, text, cancellation) switch
    {
        ExplainOutcome.Explained => null,
        ExplainOutcome.NotThere => "Only the teacher of the class can explain this.",
        ExplainOutcome.NotOpen => "The safeguarding lead has decided on it already.",
        ExplainOutcome.NotALine => $"Write one line of at most {ExplainFlag.Longest} characters.",
    };

    /// <summary>Answers the one question about a meeting that was found in Zoom: which class it is.</summary>
    public async Task<string?> NameAsync(SessionView view, string? name, PresenceMode mode, CancellationToken cancellation)
    {
        if (viewer.Role is not (Role.Teacher or Role.Admin))
        {
            return "Only the teacher of the class or the school’s office can name it.";
        }

        var faults = new ValidationErrors();
        var wish = new SeriesChange(name ?? "", null, null, mode is PresenceMode.AgreedAlone ? null : mode, null, null);
        return await change.HandleAsync(Actor.FromViewer(viewer), view.Series.Id, wish, faults, cancellation) ? null : string.Join(' ', faults.All.Select(f => f.Sentence));
    }
}
