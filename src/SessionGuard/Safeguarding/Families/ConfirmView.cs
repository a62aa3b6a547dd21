using SessionGuard.Classes.Sessions;
using SessionGuard.Safeguarding.Answers;
using SessionGuard.School.People;

namespace SessionGuard.Safeguarding.Families;

internal enum ConfirmState
{
    /// <summary>Answers are taken until the start.</summary>
    Open,

    /// <summary>The class has begun: what counts now is who is there.</summary>
    Begun,
    Over,
    Cancelled,
}

/// <summary>What one carer has said about one child.</summary>
/// <param name="Standing">Their own answer to the session as it is planned now; null while there is none.</param>
/// <param name="Earlier">Their newest answer to a time that it was planned for before; null when there is none.</param>
/// <param name="IsUnsure">True when their newest press may have been a machine's.</param>
internal sealed record ChildAnswer(Person Child, Answer? Standing, Answer? Earlier, bool IsUnsure)
{
    public static ChildAnswer FromAnswers(Person child, IReadOnlyCollection<Answer> own, Session session)
    {
        var newest = own.Where(a => a.TimeVersion == session.TimeVersion && a.UndoneAt is null).MaxBy(a => (a.At, a.Id));
        return new ChildAnswer(
            child,
            StandingAnswer.FindStanding(own, session.TimeVersion),
            own.Where(a => a.TimeVersion < session.TimeVersion && a.UndoneAt is null && a.Source is not AnswerSource.UnsurePress).MaxBy(a => (a.At, a.Id)),
            newest?.Source is AnswerSource.UnsurePress);
    }
}

/// <summary>One carer's page for one session.</summary>
/// <param name="SameTime">Their children's other classes while this one lasts.</param>
/// <param name="Join">Their address for joining; null before it is of use, and while they have been given none.</param>
internal sealed record ConfirmView(
    FamilyVisit Visit, FamilyClass Class, ConfirmState State, IReadOnlyList<ChildAnswer> Children, IReadOnlyList<FamilyClass> SameTime, Uri? Join)
{
    public Session Session => Class.Session;

    /// <summary>When an older answer thought that it would begin; null when it has not moved, or was not answered before.</summary>
    public DateTimeOffset? MovedFrom =>
        Children.Where(c => c.Standing is null).Select(c => c.Earlier?.SessionStart).FirstOrDefault(start => start is not null && start != Session.Start);

    /// <summary>True when two classes at once each ask for an adult in the room.</summary>
    public bool NeedsTwoAdults => Class.NeedsAdultInRoom && SameTime.Any(c => c.NeedsAdultInRoom);
}
