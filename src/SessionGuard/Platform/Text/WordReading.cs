namespace SessionGuard.Platform.Text;

internal static class WordReading
{
    /// <summary>An enum by its word; null when it is missing, or is none and is now among the faults.</summary>
    public static T? Word<T>(this ValidationErrors faults, string? word, string path)
        where T : struct, Enum
    {
        var value = string.IsNullOrEmpty(word) ? null : Words.Parse<T>(word);
        if (value is null && !string.IsNullOrEmpty(word))
        {
            faults.Add(path, $"Use one of {string.Join(", ", Words.All<T>())}.");
        }

        return value;
    }
}
