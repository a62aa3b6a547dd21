namespace SessionGuard.Platform.Storage;

/// <summary>Whether this program can serve a database with certain schema changes.</summary>
internal static class SchemaHistory
{
    /// <summary>
    /// Migration ids begin with the time they were made at. One that is older than every change this program knows is from before the
    /// changes were drawn together into one.
    /// </summary>
    /// <param name="what">What has the changes, as it begins a sentence.</param>
    /// <param name="whenNewer">What to do about one that is newer.</param>
    /// <returns>The sentence that refuses it; null when this program knows every change that was applied.</returns>
    public static string? Refuse(string what, IReadOnlyCollection<string> known, IEnumerable<string> applied, string whenNewer)
    {
        if (applied.Except(known).LastOrDefault() is not { } unknown)
        {
            return null;
        }

        return string.CompareOrdinal(unknown, known.Min(StringComparer.Ordinal)) < 0
            ? $"{what} is from before the first release: it has the schema change {unknown}, which no program since then knows. It cannot be brought "
                + "up to date. Begin with an empty database."
            : $"{what} is newer than this program: it has the schema change {unknown}. {whenNewer}";
    }
}
