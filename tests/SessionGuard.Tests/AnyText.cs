using CsCheck;

namespace SessionGuard.Tests;

/// <summary>Texts as strangers may write them, for properties: letters of all lengths, and whatever ends a line, a cell or a value somewhere.</summary>
internal static class AnyText
{
    private static readonly Gen<string> Hostile = Gen.OneOf(
        "=", "+", "-", "@", "\"", "'", ",", ";", "\\", "\r", "\n", "\t", "\0", " ", "\u00A0", "\u2028", "\u202E", "\uFEFF", "\uFF1D", "é", "山", "🎵");

    /// <summary>Half a surrogate pair is no text: it turns into a replacement character wherever it is encoded.</summary>
    private static readonly Gen<string> Any = Gen.Char.Where(c => !char.IsSurrogate(c)).Select(c => c.ToString());

    private static readonly Gen<string> Word = Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789"].Array[1, 8].Select(letters => new string(letters));

    public static Gen<string> Texts { get; } = Gen.OneOf(Hostile, Any, Word).Array[0, 40].Select(string.Concat);
}
