using SessionGuard.Platform.Retention;

namespace SessionGuard.Classes.Sessions;

/// <summary>The sessions whose evidence goes when it is old enough.</summary>
internal sealed class EndedSessions(IEnumerable<IKeepsEvidence> keepers)
{
    /// <summary>Sessions that ended in time. What a hold or a stored finding rests on stays with it.</summary>
    public IQueryable<Session> On(RetentionScope shelf)
    {
        var ended = shelf.Rows<Session>().Where(s => s.End < shelf.Before);
        foreach (var kept in KeptOn(shelf))
        {
            ended = ended.Where(s => !kept.Any(id => id == s.Id));
        }

        return ended;
    }

    /// <summary>The ids of sessions whose evidence stays: a query for each reason there is.</summary>
    public IEnumerable<IQueryable<Guid>> KeptOn(RetentionScope shelf) =>
        [.. keepers.Select(keeper => keeper.SessionsIn(shelf.Db)), shelf.Holds.Where(h => h.SubjectId != null).Select(h => h.SubjectId!.Value)];
}
