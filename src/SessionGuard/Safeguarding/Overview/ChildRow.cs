using SessionGuard.Classes.Seats;
using SessionGuard.Platform.Text;
using SessionGuard.Rules;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.Safeguarding.Presence;

namespace SessionGuard.Safeguarding.Overview;

/// <summary>One child of a class as its teacher sees them: who answers for them, and what was said and seen.</summary>
/// <param name="Answer">What stands; null while nobody has answered.</param>
/// <param name="CheckIn">The last "I am here"; null when none was pressed.</param>
/// <param name="Attested">What the teacher saw last; null when they said nothing.</param>
/// <param name="Asked">Whether a mail about this class has gone to one of the adults.</param>
internal sealed record ChildRow(Place Place, Answer? Answer, CheckIn? CheckIn, Attestation? Attested, bool Asked)
{
    public string Name => Place.Child.FirstName;

    /// <summary>The child comes, as far as anybody has said.</summary>
    public bool IsExpected => Answer?.Kind is not AnswerKind.CannotCome || CheckIn is not null;

    /// <summary>An adult said that one will be there, or is.</summary>
    public bool IsConfirmed => CheckIn is not null || Answer?.Kind is AnswerKind.Present or AnswerKind.AnotherAdult;

    /// <summary>Somebody said that an adult is there now. A teacher who sees that none is outweighs whoever said so.</summary>
    public bool HasAdultThere => Attested?.Fact is AttestedFact.AdultIsThere || (CheckIn is not null && Attested?.Fact is not AttestedFact.AdultIsNotThere);

    /// <summary>Nobody can be asked by mail.</summary>
    public bool NeedsACall => !Place.Adults.Any(a => a is { MayBeContacted: true, Carer.HasUsableEmail: true });

    /// <summary>Somebody who got our mail said that it was not for them.</summary>
    public bool HasWrongAddress => Place.Adults.Any(a => a.Carer is { Email: not null, HasUsableEmail: false });

    /// <summary>Whom to ring: the first adult with a number who may be rung.</summary>
    public Adult? ToRing => Place.Adults.FirstOrDefault(a => a is { MayBeContacted: true, Carer.Phone: not null });

    public ResultMark Mark => this switch
    {
        { Attested.Fact: AttestedFact.AdultIsNotThere } => new(RuleResult.NotMet, "Adult not there", IsUrgent: true),
        { HasAdultThere: true } => new(RuleResult.Met, "Adult is here"),
        { Answer.Kind: AnswerKind.CannotCome } => new(RuleResult.NotNeeded, "Does not come"),
        { IsConfirmed: true } => new(RuleResult.Met, "Adult confirmed"),
        { NeedsACall: true } => new(RuleResult.CouldNotCheck, "Please ring"),
        { Asked: true } => new(RuleResult.NotMet, "No answer yet"),
        _ => new(null, "Not asked yet"),
    };

    /// <summary>Who said what and when: a person's word is never shown as a machine's finding.</summary>
    public string Sentence(LocalTime time) => this switch
    {
        { Attested: { } seen } => $"The teacher said so, {time.Short(seen.At)}.",
        { CheckIn: { } here } => $"{GetName(here.CarerId)} said “I am with {Name} now”, {time.Short(here.At)}.",
        { Answer: { Kind: AnswerKind.Present } a } => $"{GetName(a.CarerId)} said they will be there, {time.Short(a.At)}{ByPhone(a)}.",
        { Answer: { Kind: AnswerKind.AnotherAdult } a } => $"{GetName(a.CarerId)} said {a.OtherAdult} will be there, {time.Short(a.At)}{ByPhone(a)}.",
        { Answer: { Kind: AnswerKind.CannotCome } a } => $"{GetName(a.CarerId)} said {Name} cannot come, {time.Short(a.At)}{ByPhone(a)}.",
        { NeedsACall: true, HasWrongAddress: true } => "Our mail to them reached somebody else. Ask for the right address.",
        { NeedsACall: true } => "We have no mail address that we may write to.",
        { Asked: true } => "We have asked by mail.",
        _ => "We ask three days before, one day before and two hours before.",
    };

    private string GetName(Guid carerId) => Place.Adults.FirstOrDefault(a => a.Carer.Id == carerId)?.Carer.FirstName ?? "An adult";

    private static string ByPhone(Answer answer) => answer.Source is AnswerSource.Phone ? ", by telephone" : "";
}
