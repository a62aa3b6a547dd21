using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SessionGuard.ZoomSandbox.Meetings;

/// <summary>What Zoom takes as a passcode, and the ones it makes itself.</summary>
internal static partial class Passcodes
{
    private const int MostCharacters = 10;

    /// <summary>Why Zoom refuses this passcode, or null. The page for creating allows more specials than the one for updating.</summary>
    public static string? Objection(string passcode, JsonNode? requirement, bool creating)
    {
        bool Asks(string key) => requirement?[key]?.GetValue<bool>() == true;

        return passcode.Length == 0 ? null
            : passcode.Length > MostCharacters ? "The passcode may have at most 10 characters."
            : !(creating ? AllowedWhenCreating() : AllowedWhenUpdating()).IsMatch(passcode) ? "The passcode has characters that are not allowed."
            : passcode.Length < (requirement?["length"]?.GetValue<int>() ?? 0) ? "The passcode is shorter than the account requires."
            : Asks("only_allow_numeric") && !passcode.All(char.IsAsciiDigit) ? "The passcode may only have digits."
            : Asks("have_letter") && !passcode.Any(char.IsAsciiLetter) ? "The passcode needs a letter."
            : Asks("have_number") && !passcode.Any(char.IsAsciiDigit) ? "The passcode needs a digit."
            : Asks("have_special_character") && passcode.All(char.IsAsciiLetterOrDigit) ? "The passcode needs a special character."
            : Asks("have_upper_and_lower_characters") && !(passcode.Any(char.IsAsciiLetterUpper) && passcode.Any(char.IsAsciiLetterLower))
                ? "The passcode needs an upper and a lower case letter."
            : null;
    }

    /// <summary>A fresh passcode that meets any requirement an account can set.</summary>
    public static string Generate(JsonNode? requirement)
    {
        var length = Math.Clamp(requirement?["length"]?.GetValue<int>() ?? 0, 6, MostCharacters);
        if (requirement?["only_allow_numeric"]?.GetValue<bool>() == true)
        {
            return RandomNumberGenerator.GetString("0123456789", length);
        }

        var special = requirement?["have_special_character"]?.GetValue<bool>() == true ? "@" : "";
        return RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ", 1)
            + RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz", 1)
            + RandomNumberGenerator.GetString("23456789", length - 2 - special.Length)
            + special;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9@_*!#-]+\z")]
    private static partial Regex AllowedWhenCreating();

    [GeneratedRegex(@"\A[A-Za-z0-9@_*-]+\z")]
    private static partial Regex AllowedWhenUpdating();
}
