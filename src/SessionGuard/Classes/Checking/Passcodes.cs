using System.Security.Cryptography;
using SessionGuard.Rules;

namespace SessionGuard.Classes.Checking;

/// <summary>Makes passcodes, and tells a guessable one.</summary>
internal static class Passcodes
{
    /// <summary>Zoom's longest passcode.</summary>
    private const int Length = 10;

    /// <summary>Shorter ones can be tried out.</summary>
    private const int ShortestStrong = 6;

    /// <summary>What every page of Zoom's documentation allows, without letters and digits that look alike.</summary>
    private static readonly string[] Kinds = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789", "@-_*"];

    /// <summary>One of each kind, so that it meets whatever an account demands, and never two neighbours in a row such as "ab".</summary>
    public static string Make()
    {
        while (true)
        {
            var all = string.Concat(Kinds);
            var characters = (char[])[.. Kinds.SelectMany(k => RandomNumberGenerator.GetItems<char>(k, 1)), .. RandomNumberGenerator.GetItems<char>(all, Length - Kinds.Length)];
            RandomNumberGenerator.Shuffle(characters.AsSpan());
            var passcode = new string(characters);
            if (passcode.Zip(passcode.Skip(1)).All(pair => !IsRow(pair.First, pair.Second)))
            {
                return passcode;
            }
        }
    }

    /// <param name="passcode">Null or empty: there is none.</param>
    public static PasscodeStrength GetStrength(string? passcode) => passcode switch
    {
        null or "" => PasscodeStrength.None,
        { Length: < ShortestStrong } => PasscodeStrength.Weak,
        _ when passcode.Zip(passcode.Skip(1)).All(pair => IsRow(pair.First, pair.Second)) => PasscodeStrength.Weak,
        _ => PasscodeStrength.Strong,
    };

    /// <summary>The same character again, or the one before or after it.</summary>
    private static bool IsRow(char first, char second) => Math.Abs(first - second) <= 1;
}
