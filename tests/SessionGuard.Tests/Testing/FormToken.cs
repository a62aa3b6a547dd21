namespace SessionGuard.Tests.Testing;

/// <summary>What a form of ours carries to show that it came from a page of ours.</summary>
internal static class FormToken
{
    public const string Field = "__RequestVerificationToken";

    /// <summary>That of the first form on a page.</summary>
    public static string In(string html) => html.Split($"name=\"{Field}\" type=\"hidden\" value=\"")[1].Split('"')[0];
}
