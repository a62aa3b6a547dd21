using System.Text;

namespace SessionGuard.Tests.Zoom.Webhooks;

/// <summary>Twelve bodies that Zoom could sign and that somebody down the line chokes on.</summary>
internal static class PoisonBodies
{
    public static byte[][] All()
    {
        static string Named(string name) => Deliveries.Joined(5000 + name.Length).Replace("Poppy R", name, StringComparison.Ordinal);
        return
        [
            Encoding.UTF8.GetBytes(Named(@"nul \u0000")), // applied, with U+FFFD
            Encoding.UTF8.GetBytes(Named(@"half \ud83e")), // applied, with U+FFFD
            Encoding.UTF8.GetBytes(Named(new string('x', 300_000))), // applied
            [.. """{"event":"meeting.participant_joined","payload":{"object":{"a"""u8, 0xFF, 0xFE, .. "\":1}}}"u8],
            """{"event":"meeting.participant_joined","event":"meeting.unheard_of","payload":{},"payload":{}}"""u8.ToArray(), // ignored: the last name counts
            """{"event":"meeting.participant_joined","event_ts":1e999,"payload":{"object":1e999}}"""u8.ToArray(), // fails eight times
            Encoding.UTF8.GetBytes("""{"event":"meeting.participant_joined","payload":""" + new string('[', 65) + new string(']', 65) + "}"),
            Encoding.UTF8.GetBytes("""{"event":"meeting.participant_joined","payload":""" + new string('[', 100_000) + new string(']', 100_000) + "}"),
            """{"event":"meeting.participant_joined","payload":null}"""u8.ToArray(),
            """[{"event":"meeting.participant_joined","payload":{}}]"""u8.ToArray(),
            """{"event":5,"event_ts":"soon","payload":"text"}"""u8.ToArray(),
            "<html>not JSON</html>"u8.ToArray(),
        ];
    }
}
