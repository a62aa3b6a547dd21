using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SessionGuard.ZoomSandbox;

/// <summary>Ids shaped like Zoom's.</summary>
internal static class ZoomIds
{
    /// <summary>Users, registrants: 22 characters of base64url.</summary>
    public static string User() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>An instance: 24 characters of standard base64, so <c>+</c>, <c>/</c> and <c>=</c> occur.</summary>
    public static string Uuid() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));

    /// <summary>A scheduled meeting has 11 digits, a personal room 10.</summary>
    public static long Meeting() => 80_000_000_000 + RandomNumberGenerator.GetInt32(1_000_000_000);

    public static long PersonalRoom() => 5_000_000_000 + RandomNumberGenerator.GetInt32(1_000_000_000);

    public static string ParticipantUuid() =>
        new Guid(RandomNumberGenerator.GetBytes(16)).ToString("D").ToUpperInvariant();

    public static string Token(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));

    /// <summary>The encrypted passcode in a link: the same passcode gives the same word, another one another.</summary>
    public static string LinkPasscode(long meetingId, string passcode)
    {
        Span<byte> key = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(key, meetingId);
        return Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(passcode)).AsSpan(0, 24)) + ".1";
    }
}
