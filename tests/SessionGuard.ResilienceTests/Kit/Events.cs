using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SessionGuard.Tests.Testing;

namespace SessionGuard.ResilienceTests.Kit;

/// <summary>Numbered deliveries: one person joins one meeting. The same number is the same bytes, for as long as this process runs.</summary>
internal static class Events
{
    private const int PeopleInAMeeting = 50;
    private static readonly DateTimeOffset Began = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds());

    public static int MeetingOf(int number) => number / PeopleInAMeeting;

    public static byte[] Joined(int number)
    {
        var meeting = MeetingOf(number);
        var at = Began.AddSeconds(number % 3600);
        var joined = at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var uuid = Convert.ToBase64String(new Guid(meeting, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]).ToByteArray());
        return Encoding.UTF8.GetBytes($$$$"""
            {"event":"meeting.participant_joined","payload":{"account_id":"{{{{App.AccountId}}}}","object":{"uuid":"{{{{uuid}}}}","id":"{{{{86000000000 + meeting}}}}","topic":"Tap {{{{meeting}}}}","type":2,"host_id":"KdYKjnimT4KPd8FFgQt9FQ","start_time":"{{{{joined}}}}","duration":60,"timezone":"Europe/London","participant":{"user_id":"{{{{number}}}}","user_name":"Poppy R","email":"","join_time":"{{{{joined}}}}"}}},"event_ts":{{{{Began.ToUnixTimeMilliseconds() + number}}}}}
            """);
    }

    /// <summary>The number of a stored delivery by its key: the event's time and the hash of what was sent. -1: nothing that was sent.</summary>
    public static int NumberOf(byte[] deliveryKey)
    {
        var number = (int)(BinaryPrimitives.ReadInt64BigEndian(deliveryKey) - Began.ToUnixTimeMilliseconds());
        return number >= 0 && SHA256.HashData(Joined(number)).AsSpan().SequenceEqual(deliveryKey.AsSpan(sizeof(long))) ? number : -1;
    }
}
