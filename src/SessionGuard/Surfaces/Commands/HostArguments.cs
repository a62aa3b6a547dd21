using System.CommandLine;
using SessionGuard.Platform.Hosting;

namespace SessionGuard.Surfaces.Commands;

/// <summary>What a verb does not know itself is a setting: <c>--Section:Key=value</c>, or a name and its value apart.</summary>
internal static class HostArguments
{
    /// <exception cref="StartException">One is neither, such as a verb with a slip in it.</exception>
    public static string[] ReadArguments(ParseResult parse)
    {
        var name = "";
        foreach (var token in parse.UnmatchedTokens)
        {
            var isName = token.StartsWith("--", StringComparison.Ordinal);
            var isValue = !isName && name.Length > 0 && !name.Contains('=', StringComparison.Ordinal);
            if (!isName && !isValue)
            {
                throw new StartException($"{token} is neither a verb nor a setting. See --help.");
            }

            name = isName ? token : "";
        }

        return [.. parse.UnmatchedTokens];
    }
}
