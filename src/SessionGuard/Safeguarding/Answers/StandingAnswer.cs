namespace SessionGuard.Safeguarding.Answers;

/// <summary>What stands of all that was said about one child and one session.</summary>
internal static class StandingAnswer
{
    /// <summary>
    /// Of each carer the newest answer that was not taken back. Of several carers, one who says that an adult will be there is enough;
    /// otherwise the newest counts. A press that may have been a machine's settles nothing.
    /// </summary>
    /// <param name="answers">About one child and one session, in any order.</param>
    /// <param name="timeVersion">The session's own: an answer to another time is history.</param>
    /// <returns>Null: nobody has answered.</returns>
    public static Answer? FindStanding(IEnumerable<Answer> answers, int timeVersion) => answers
        .Where(a => a.TimeVersion == timeVersion && a.UndoneAt is null && a.Source is not AnswerSource.UnsurePress)
        .GroupBy(a => a.CarerId)
        .Select(ofCarer => ofCarer.MaxBy(a => (a.At, a.Id))!)
        .OrderBy(a => a.Kind is AnswerKind.CannotCome)
        .ThenByDescending(a => a.At).ThenByDescending(a => a.Id)
        .FirstOrDefault();
}
