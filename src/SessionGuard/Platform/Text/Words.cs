using System.Text.Json;

namespace SessionGuard.Platform.Text;

/// <summary>Our enums as the API's words: <c>NotMet</c> is <c>not-met</c>.</summary>
internal static class Words
{
    public static string ToWord<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>Null: no value has this word.</summary>
    public static T? Parse<T>(string word)
        where T : struct, Enum => Array.Find(Enum.GetValues<T>(), value => ToWord(value) == word) is var found && ToWord(found) == word ? found : null;

    public static IEnumerable<string> All<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(ToWord);
}
