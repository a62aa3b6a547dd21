using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using SessionGuard.Platform.Retention;

namespace SessionGuard.Classes.Sessions;

internal sealed class SettingsRetentionOptions
{
    /// <summary>What a meeting's settings once were; the settings in force stay. 90 days to 100 years; default 1 year.</summary>
    [Range(typeof(TimeSpan), "90.00:00:00", KeepFor.AtMost)]
    public TimeSpan Settings { get; init; } = TimeSpan.FromDays(366);
}

/// <summary>Sessions and their runs stay: they name nobody.</summary>
internal sealed class SessionExpiries(IOptions<SettingsRetentionOptions> keep, EndedSessions sessions) : IExpirySource
{
    public IEnumerable<Expiry> Expiries { get; } = [new Expiry<SettingsSnapshot>("settings", ExpiryStage.Passing, 500, keep.Value.Settings, shelf => Settings(shelf, sessions))];

    /// <summary>What was in force at that instant stays: it is what the sessions since then are judged by.</summary>
    private static IQueryable<SettingsSnapshot> Settings(RetentionScope shelf, EndedSessions sessions)
    {
        var replaced = shelf.Rows<SettingsSnapshot>().Where(s =>
            shelf.Db.Set<SettingsSnapshot>().Any(later => later.MeetingId == s.MeetingId && later.TakenAt > s.TakenAt && later.TakenAt < shelf.Before));
        foreach (var kept in sessions.KeptOn(shelf))
        {
            replaced = replaced.Where(s =>
                !shelf.Db.Set<Session>().Any(session => session.MeetingId == s.MeetingId && kept.Any(id => id == session.Id)));
        }

        return replaced;
    }
}
