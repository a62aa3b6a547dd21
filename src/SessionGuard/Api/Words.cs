using System.Text.Json;

namespace SessionGuard.Api;

/// <summary>Our enums as the API's words: <c>NotMet</c> is <c>not-met</c>.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>Null: no value has this word.</summary>
    public static T? Parse<T>(string word)
        where T : struct, Enum => Array.Find(Enum.GetValues<T>(), value => Of(value) == word) is var found && Of(found) == word ? found : null;

    public static IEnumerable<string> All<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(Of);
}
